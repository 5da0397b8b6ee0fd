import { nameOf, parentDirectory } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { containerImages } from '../../../facts/container-images.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { MANAGER_PROGRAMS } from '../../../facts/packages/managers.ts';

/** Desktop sessions, display servers and remote desktops; not libraries, and not Xvfb, which tests draw into. */
const DESKTOP =
  /^(?:(?:x|k|l|ed)?ubuntu-(?:mate-)?desktop(?:-minimal)?|xfce4?|xfce4-(?:session|goodies)|task-(?:.*-)?desktop|gnome(?:-core|-shell|-session)?|kde-(?:full|standard|plasma-desktop)|plasma-desktop|lxde(?:-core)?|lxqt(?:-core)?|mate-desktop-environment(?:-core)?|cinnamon(?:-desktop-environment)?|xrdp|tigervnc-(?:standalone-)?server|tightvncserver|vnc4server|x11vnc|novnc|lightdm|gdm3?|sddm|xorg|xserver-xorg)$/;

/** Servers that show a desktop to other machines. */
const REMOTE = /^(?:xrdp|tigervnc-(?:standalone-)?server|tightvncserver|vnc4server|x11vnc|novnc)$/;

/** Publishers of images with a desktop, and the words in their repositories that say so. */
const DESKTOP_IMAGES: ReadonlyMap<string, RegExp> = new Map([
  ['docker.io/kasmweb', /desktop/],
  ['docker.io/linuxserver', /^(?:webtop|rdesktop)$/],
  ['ghcr.io/linuxserver', /^(?:webtop|rdesktop)$/],
  ['lscr.io/linuxserver', /^(?:webtop|rdesktop)$/],
  ['docker.io/dorowu', /desktop/],
  ['docker.io/consol', /-vnc$/],
  ['docker.io/accetto', /vnc|xfce/],
  ['docker.io/x11docker', /^/],
]);

export default defineBuildRule({
  id: 'desktop-in-container',
  summary: 'A desktop environment or VNC server is installed in a container image',
  policies: ['G5'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  languages: ['dockerfile'],
  needs: { programs: MANAGER_PROGRAMS, instructions: ['FROM'] },
  derived: true,
  since: '2026.11',
  *check(build) {
    const seen = new Set<unknown>();
    for (const { reference, span, use } of containerImages(build)) {
      if (use !== 'base' || !DESKTOP_IMAGES.get(parentDirectory(reference.name))?.test(nameOf(reference.name)))
        continue;
      yield {
        message: `${quoted(reference.repository)} contains a desktop environment`,
        help: 'Start from an image of the program you need, or use a virtual machine image',
        span,
      };
    }
    for (const { packages, stage } of packageInstalls(build)) {
      const [first, ...others] = packages.filter(({ name }) => name !== undefined && DESKTOP.test(name));
      if (!first || seen.has(stage)) continue;
      seen.add(stage);
      yield {
        ...(REMOTE.test(first.name!)
          ? {
              message: `${first.name === 'xrdp' ? 'Remote desktop' : 'VNC'} server \`${first.name}\` in a container image`,
              help: 'Install it only in a stage for debugging, or use a virtual machine image',
            }
          : {
              message: `Desktop package \`${first.name}\` in a container image`,
              help: 'Install only the program you need, or use a virtual machine image',
            }),
        span: first.span,
        related: others.map(({ name, span }) => ({ message: `\`${name}\` is installed here`, span })),
      };
    }
  },
});
