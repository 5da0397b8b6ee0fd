// Generated from the directories beside this file by `npm run dev -- generate`.
import type { Rule } from '../../core/rule.ts';
import aptInsteadOfAptGet from './apt-instead-of-apt-get/rule.ts';
import aptRecommends from './apt-recommends/rule.ts';
import automaticUpdatesOff from './automatic-updates-off/rule.ts';
import bakedSecret from './baked-secret/rule.ts';
import containerEngineWithoutLiveRestore from './container-engine-without-live-restore/rule.ts';
import containerEngineWithoutLogRotation from './container-engine-without-log-rotation/rule.ts';
import curlWithoutFail from './curl-without-fail/rule.ts';
import curlWithoutLocation from './curl-without-location/rule.ts';
import dockerApiWithoutTls from './docker-api-without-tls/rule.ts';
import dockerGroupLeft from './docker-group-left/rule.ts';
import emptyPassword from './empty-password/rule.ts';
import endOfLifeBase from './end-of-life-base/rule.ts';
import endOfLifeSoon from './end-of-life-soon/rule.ts';
import firewallDisabled from './firewall-disabled/rule.ts';
import fixedMachineId from './fixed-machine-id/rule.ts';
import generatedPrivateKey from './generated-private-key/rule.ts';
import insecureRegistry from './insecure-registry/rule.ts';
import keyForAllRepositories from './key-for-all-repositories/rule.ts';
import latestTag from './latest-tag/rule.ts';
import logRotationOff from './log-rotation-off/rule.ts';
import movingReference from './moving-reference/rule.ts';
import movingTag from './moving-tag/rule.ts';
import npmStrictSslOff from './npm-strict-ssl-off/rule.ts';
import openService from './open-service/rule.ts';
import outdatedTls from './outdated-tls/rule.ts';
import packageInstallPrompts from './package-install-prompts/rule.ts';
import passwordHash from './password-hash/rule.ts';
import passwordlessSudoLeft from './passwordless-sudo-left/rule.ts';
import pipTrustedHost from './pip-trusted-host/rule.ts';
import pipeToShell from './pipe-to-shell/rule.ts';
import plainHttpDownload from './plain-http-download/rule.ts';
import privilegedContainer from './privileged-container/rule.ts';
import publishedDatabasePort from './published-database-port/rule.ts';
import redirectToHttp from './redirect-to-http/rule.ts';
import rollingRepository from './rolling-repository/rule.ts';
import rootLoginLeft from './root-login-left/rule.ts';
import secondRootAccount from './second-root-account/rule.ts';
import secretFileCopied from './secret-file-copied/rule.ts';
import secretFileReadable from './secret-file-readable/rule.ts';
import secretPrinted from './secret-printed/rule.ts';
import selinuxDisabled from './selinux-disabled/rule.ts';
import setuidFile from './setuid-file/rule.ts';
import shellcheck from './shellcheck/rule.ts';
import sshHostKeyUnchecked from './ssh-host-key-unchecked/rule.ts';
import sshPasswordLoginLeft from './ssh-password-login-left/rule.ts';
import syntaxError from './syntax-error/rule.ts';
import tlsVerificationOff from './tls-verification-off/rule.ts';
import unpinnedApkPackage from './unpinned-apk-package/rule.ts';
import unpinnedAptPackage from './unpinned-apt-package/rule.ts';
import unpinnedBaseImage from './unpinned-base-image/rule.ts';
import unpinnedContainerEngine from './unpinned-container-engine/rule.ts';
import unpinnedGem from './unpinned-gem/rule.ts';
import unpinnedGoPackage from './unpinned-go-package/rule.ts';
import unpinnedNpmPackage from './unpinned-npm-package/rule.ts';
import unpinnedPipPackage from './unpinned-pip-package/rule.ts';
import unpinnedRpmPackage from './unpinned-rpm-package/rule.ts';
import unpinnedSnap from './unpinned-snap/rule.ts';
import unpinnedTool from './unpinned-tool/rule.ts';
import unpinnedWindowsPackage from './unpinned-windows-package/rule.ts';
import unsignedPackages from './unsigned-packages/rule.ts';
import unstableSnapChannel from './unstable-snap-channel/rule.ts';
import unusedIgnore from './unused-ignore/rule.ts';
import unverifiedDownload from './unverified-download/rule.ts';
import weakChecksum from './weak-checksum/rule.ts';
import weakCredential from './weak-credential/rule.ts';
import windowsProtectionDisabled from './windows-protection-disabled/rule.ts';
import worldWritable from './world-writable/rule.ts';

const rules: readonly Rule[] = [
  aptInsteadOfAptGet,
  aptRecommends,
  automaticUpdatesOff,
  bakedSecret,
  containerEngineWithoutLiveRestore,
  containerEngineWithoutLogRotation,
  curlWithoutFail,
  curlWithoutLocation,
  dockerApiWithoutTls,
  dockerGroupLeft,
  emptyPassword,
  endOfLifeBase,
  endOfLifeSoon,
  firewallDisabled,
  fixedMachineId,
  generatedPrivateKey,
  insecureRegistry,
  keyForAllRepositories,
  latestTag,
  logRotationOff,
  movingReference,
  movingTag,
  npmStrictSslOff,
  openService,
  outdatedTls,
  packageInstallPrompts,
  passwordHash,
  passwordlessSudoLeft,
  pipTrustedHost,
  pipeToShell,
  plainHttpDownload,
  privilegedContainer,
  publishedDatabasePort,
  redirectToHttp,
  rollingRepository,
  rootLoginLeft,
  secondRootAccount,
  secretFileCopied,
  secretFileReadable,
  secretPrinted,
  selinuxDisabled,
  setuidFile,
  shellcheck,
  sshHostKeyUnchecked,
  sshPasswordLoginLeft,
  syntaxError,
  tlsVerificationOff,
  unpinnedApkPackage,
  unpinnedAptPackage,
  unpinnedBaseImage,
  unpinnedContainerEngine,
  unpinnedGem,
  unpinnedGoPackage,
  unpinnedNpmPackage,
  unpinnedPipPackage,
  unpinnedRpmPackage,
  unpinnedSnap,
  unpinnedTool,
  unpinnedWindowsPackage,
  unsignedPackages,
  unstableSnapChannel,
  unusedIgnore,
  unverifiedDownload,
  weakChecksum,
  weakCredential,
  windowsProtectionDisabled,
  worldWritable,
];
export default rules;
