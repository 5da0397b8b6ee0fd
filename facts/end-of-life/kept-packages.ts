/**
 * Which packages do the later releases of a distribution still have under the same name? A number in a name is mostly that
 * of an interface or of a release, which the next one changes, so it has to be among those that all supported releases have.
 * https://packages.debian.org, https://packages.ubuntu.com, https://pkgs.alpinelinux.org
 */

/** Names with a number that have not changed since, as patterns of whole names. */
const KEPT: readonly RegExp[] = [
  /^python3$/,
  /^python3-(?:dev|pip|venv|setuptools|wheel|minimal|full|[a-z-]{1,40})$/,
  /^py3-[a-z-]{1,40}$/,
  /^(?:libc6|libc6-compat|libc6-dev|libc6-i386|libc6-dev-i386|lib32z1|lib32stdc\+\+6|lib32gcc-s1|libstdc\+\+6|libgcc-s1|libgomp1|libatomic1)$/,
  /^(?:zlib1g|zlib1g-dev|bzip2|libbz2|libbz2-dev|libbz2-1\.0|bzip2-dev|lz4|liblz4-1|liblz4-dev|lz4-dev|libzstd1|liblzma5|e2fsprogs|p7zip|p7zip-full|7zip)$/,
  /^(?:libxml2-dev|libxml2-utils|libxslt1-dev|libxslt1\.1|libexpat1|libexpat1-dev|libyaml-0-2|libsqlite3-0|libsqlite3-dev|sqlite3)$/,
  /^(?:libx11-6|libx11-dev|libx11-xcb1|libxext6|libxrender1|libsm6|libice6|libxcb1|libxcb1-dev|libxcomposite1|libxcursor1|libxdamage1|libxfixes3|libxi6|libxrandr2|libxtst6|libxss1|libxshmfence1|libxkbcommon0|libxau6|libxdmcp6|x11-[a-z-]{1,20}|libx11)$/,
  /^(?:libgl1|libgl1-mesa-dri|libglu1-mesa|libglu1-mesa-dev|libegl1|libgles2|libgbm1|libdrm2|libnss3|libnss3-dev|libnss3-tools|libnspr4|libcairo2|libcairo2-dev|libpango-1\.0-0|libpangocairo-1\.0-0|libpangoft2-1\.0-0|libpango1\.0-dev|libfontconfig1|libfontconfig1-dev|libfreetype6|libfreetype6-dev|libgtk-3-dev|libglib2\.0-dev|libglib2\.0-bin|libsdl2-dev|gstreamer1\.0-[a-z-]{1,30}|libgstreamer1\.0-dev|libusb-1\.0-0|libusb-1\.0-0-dev|libdbus-1-3|libdbus-1-dev|libpulse0|libsndfile1|libsndfile1-dev|libwebp7|libmp3lame0|libx264-dev|mpg123)$/,
  /^(?:libuuid1|libsystemd0|libudev1|libseccomp2|libcap2|libcap2-bin|libtinfo6|libncurses6|libncursesw6|libffi8|libgmp10|libpq5|libunwind8|libsodium23|libonig5|libpcre2-8-0|libpcre2-dev|pcre2|pcre2-dev|libmariadb3|libcurl4-openssl-dev|libcurl4-gnutls-dev|libkrb5-3|libkrb5-dev|libgssapi-krb5-2|libhdf5-dev|libblas3|liblapack3|libgfortran5)$/,
  /^(?:iproute2|gnupg2|dos2unix|i2c-tools|s3cmd|unixodbc|libv4l-dev|libtool|xz-utils|libpng-dev)$/,
  /^(?:apache2|apache2-(?:bin|data|dev|utils)|at-spi2-core|dbus-x11|x11vnc|w3m|unrar-free|jp2a|i965-va-driver|1password-cli|flake8|python3-(?:bs4|pyasn1|h5py|yaml)|hdf5-tools|libzmq5|libzmq3-dev|libvirt0|libpixman-1-0|libxkbfile1|libx11-xcb-dev|libnotify4|libedit2|libelf-dev|libxmu6|libxpm4|libxaw7|libxft2|libxv1|libharfbuzz0b|libfribidi0|libopenblas0|libnuma1|libbsd0|libmpfr6|libgmp3-dev|libnghttp2-14|libsnappy1v5|libgstreamer1\.0-0|libgstreamer-plugins-base1\.0-(?:0|dev)|libasound2-dev)$/,
  /^(?:chromium-l10n|libreoffice-l10n-[a-z-]{2,10}|libslang2-dev|libslang2|fonts-[a-z0-9-]{1,40})$/,
  // Compilers for other machines.
  /^(?:gcc|g\+\+|binutils)-(?:aarch64-linux-gnu|arm-linux-gnueabihf|mingw-w64(?:-(?:x86-64|i686))?)$|^crossbuild-essential-(?:arm64|armhf)$|^libc6-dev-(?:arm64|armhf)-cross$/,
  /^(?:qt5-qmake|qtbase5-dev|qtdeclarative5-dev|qttools5-dev|qttools5-dev-tools|qml-module-qtquick-window2)$/,
  // Of Alpine Linux and of Red Hat's family.
  /^(?:qemu-system-x86_64|qemu-x86_64|qemu-aarch64)$/,
  /^(?:openjdk(?:8|11|17|21)(?:-[a-z]{1,12}){0,2}|libxml2|libxslt|libx[a-z]{1,12}|gtk\+3\.0|py3-pip|java-(?:1\.8\.0|11|17|21)-openjdk(?:-(?:devel|headless))?|lib[a-z]{1,20}\.i686|glibc\.i686)$/,
];

/** Names that supported releases no longer have, and the last releases that had them; none of those that are listed here otherwise. */
const GONE: readonly (readonly [name: RegExp, last: Readonly<Record<string, number>>])[] = [
  [
    /^(?:python|python-[a-z].{0,60}|python2.{0,60}|py-.{1,60}|py2-.{1,60})$/,
    { Debian: 11, Ubuntu: 20.04, 'Alpine Linux': 3.11 },
  ],
  [/^(?:software-properties-common)$/, { Debian: 12 }],
  [/^(?:python3-distutils|python3-lib2to3)$/, { Debian: 12, Ubuntu: 23.04 }],
  [
    /^(?:python-software-properties|nodejs-legacy|ttf-.{1,60}|chromium-browser|firefox|mongodb|gconf-service)$/,
    { Debian: 8, Ubuntu: 18.04 },
  ],
  [/^netcat$/, { Debian: 11, Ubuntu: 22.1 }],
  [/^(?:mysql-client|mysql-server|libmysqlclient-dev)$/, { Debian: 9 }],
  [/^nodejs-npm$/, { 'Alpine Linux': 3.14 }],
  [/^qt5-default$/, { Debian: 10, Ubuntu: 20.04 }],
  [/^yubikey-(?:piv|neo)-manager$/, { Ubuntu: 18.04 }],
  [/^(?:libsecp256k1-0|gconf2|libgconf-2-4)$/, { Debian: 11, Ubuntu: 22.1 }],
  // https://wiki.debian.org/ReleaseGoals/64bit-time renamed these; what was a name of another one ended there as well.
  [
    /^(?:libasound2|libgtk-3-0|libgtk2\.0-0|libxt6|libcups2|libatk1\.0-0|libatk-bridge2\.0-0|libatspi2\.0-0|libcurl4|libglib2\.0-0|libpng16-16|libreadline8|libssl3|libssh2-1|libmagic1|libelf1|libfuse2|libaio1|libzbar0|libevent-2\.1-7|libqt5(?:core5a|dbus5|gui5|network5|printsupport5|widgets5|svg5))$/,
    { Debian: 12, Ubuntu: 22.1 },
  ],
  [
    /^(?:libgl1-mesa-glx|libgdk-pixbuf2\.0-0|libncurses5|libncursesw5|libtinfo5|libncurses5-dev|libncursesw5-dev|libsdl1\.2-dev|libdbus-glib-1-2|libldap2-dev)$/,
    { Debian: 12, Ubuntu: 22.1 },
  ],
  [/^libpcre3(?:-dev)?$/, { Debian: 12, Ubuntu: 24.1 }],
  [/^openjdk-17-(?:jdk|jre)(?:-headless)?$/, { Debian: 12, Ubuntu: 24.1 }],
  [/^openjdk-(?:8|11|21)-(?:jdk|jre)(?:-headless)?$/, { Ubuntu: 24.1 }],
  // Amazon Linux 2023 has no 32-bit packages, and Corretto is its only Java.
  [/\.i686$/, { 'Red Hat Enterprise Linux': 9, 'Rocky Linux': 9, AlmaLinux: 9, 'CentOS Stream': 9 }],
  [/^java-.{1,40}-openjdk/, { 'Red Hat Enterprise Linux': 9, 'Rocky Linux': 9, AlmaLinux: 9, 'CentOS Stream': 9 }],
  // Each distribution of ROS is made for one release.
  [/^ros-/, { Debian: 0, Ubuntu: 0 }],
  [/^(?:centos-release-.{1,60}|yum-plugin-.{1,60}|redhat-lsb.{0,60})$/, {}],
];

const LONGEST_NAME = 100;

/** Whether a later release has a package of this name, as far as its name shows. */
export function isKept(
  name: string,
  { cycle, product }: { readonly cycle: string; readonly product: string },
): boolean {
  if (name.length > LONGEST_NAME) return false;
  const gone = GONE.find(([pattern]) => pattern.test(name));
  if (gone) return Object.hasOwn(gone[1], product) ? Number(cycle) <= gone[1][product]! : isDebianOf(gone[1], product);
  return !/\d/.test(name) || KEPT.some(pattern => pattern.test(name));
}

/**
 * The names that took the place of others: what a transitional package or a metapackage led to, and those that the change to
 * 64-bit times renamed (https://wiki.debian.org/ReleaseGoals/64bit-time).
 */
const LATER_NAMES: Readonly<Record<string, string | Readonly<Record<string, string>>>> = {
  'libgl1-mesa-glx': 'libgl1',
  'qt5-default': 'qtbase5-dev',
  'libncurses5-dev': 'libncurses-dev',
  'libncursesw5-dev': 'libncurses-dev',
  'libldap2-dev': 'libldap-dev',
  netcat: { Debian: 'netcat-traditional', Ubuntu: 'netcat-openbsd' },
  'mysql-client': { Debian: 'default-mysql-client' },
  'mysql-server': { Debian: 'default-mysql-server' },
  'libmysqlclient-dev': { Debian: 'default-libmysqlclient-dev' },
};
const WITH_64_BIT_TIMES =
  /^(?:libasound2|libgtk-3-0|libcups2|libatk1\.0-0|libatk-bridge2\.0-0|libatspi2\.0-0|libcurl4|libglib2\.0-0|libssl3|libmagic1|libaio1|libfuse2)$/;

/** What a package is called in a release that no longer has it under its name. */
export function laterName(
  name: string,
  release: { readonly cycle: string; readonly product: string },
): string | undefined {
  if (isKept(name, release) || !/^(?:Debian|Ubuntu)$/.test(release.product)) return undefined;
  if (WITH_64_BIT_TIMES.test(name)) return `${name}t64`;
  const later = Object.hasOwn(LATER_NAMES, name) ? LATER_NAMES[name]! : undefined;
  return typeof later === 'object' ? later[release.product] : later;
}

/** A name that the table knows of Debian's family says nothing of another family. */
const isDebianOf = (last: Readonly<Record<string, number>>, product: string): boolean =>
  Object.hasOwn(last, 'Debian') && (product === 'Ubuntu' || product === 'Debian');
