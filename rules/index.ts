// Generated from the folders beside this file by `npm run dev -- generate`.
import type { Rule } from '../core/rule.ts';
import addInsteadOfCopy from './add-instead-of-copy/rule.ts';
import apkBuildDepsNotVirtual from './apk-build-deps-not-virtual/rule.ts';
import apkCacheLeft from './apk-cache-left/rule.ts';
import appBuiltAtBoot from './app-built-at-boot/rule.ts';
import appCodeInMachineImage from './app-code-in-machine-image/rule.ts';
import appImagePrepulled from './app-image-prepulled/rule.ts';
import aptInsteadOfAptGet from './apt-instead-of-apt-get/rule.ts';
import aptListsLeft from './apt-lists-left/rule.ts';
import aptRecommends from './apt-recommends/rule.ts';
import archiveCopiedThenExtracted from './archive-copied-then-extracted/rule.ts';
import bakedSecret from './baked-secret/rule.ts';
import baseImageWithoutDigest from './base-image-without-digest/rule.ts';
import breakpointLeft from './breakpoint-left/rule.ts';
import buildLoginLeft from './build-login-left/rule.ts';
import cdInsteadOfWorkdir from './cd-instead-of-workdir/rule.ts';
import cdWithoutEffect from './cd-without-effect/rule.ts';
import chmodAfterCopy from './chmod-after-copy/rule.ts';
import circularStage from './circular-stage/rule.ts';
import clonedLiveMachine from './cloned-live-machine/rule.ts';
import cloudConfigBelowShebang from './cloud-config-below-shebang/rule.ts';
import commandBeforePackage from './command-before-package/rule.ts';
import commandNotAString from './command-not-a-string/rule.ts';
import commentNotADescription from './comment-not-a-description/rule.ts';
import computedDefault from './computed-default/rule.ts';
import conflictingAttributes from './conflicting-attributes/rule.ts';
import consecutiveRuns from './consecutive-runs/rule.ts';
import constantPlatform from './constant-platform/rule.ts';
import containerEngineWithoutLogRotation from './container-engine-without-log-rotation/rule.ts';
import copyFromEmptyStage from './copy-from-empty-stage/rule.ts';
import copyFromItself from './copy-from-itself/rule.ts';
import copyOfIgnoredFile from './copy-of-ignored-file/rule.ts';
import createdUserUnused from './created-user-unused/rule.ts';
import curlAndWget from './curl-and-wget/rule.ts';
import curlWithoutFail from './curl-without-fail/rule.ts';
import curlWithoutLocation from './curl-without-location/rule.ts';
import dataOnRootDisk from './data-on-root-disk/rule.ts';
import databaseCopied from './database-copied/rule.ts';
import databaseInMachineImage from './database-in-machine-image/rule.ts';
import debugSettings from './debug-settings/rule.ts';
import defaultShellReplaced from './default-shell-replaced/rule.ts';
import dependenciesAfterSource from './dependencies-after-source/rule.ts';
import deprecatedKey from './deprecated-key/rule.ts';
import deprecatedSyntax from './deprecated-syntax/rule.ts';
import deprecatedValue from './deprecated-value/rule.ts';
import desktopInContainer from './desktop-in-container/rule.ts';
import destinationNotAFolder from './destination-not-a-folder/rule.ts';
import directiveCasing from './directive-casing/rule.ts';
import distributionUpgrade from './distribution-upgrade/rule.ts';
import dockerGroupLeft from './docker-group-left/rule.ts';
import dockerGroupMember from './docker-group-member/rule.ts';
import dockerSocket from './docker-socket/rule.ts';
import dockerTagLatest from './docker-tag-latest/rule.ts';
import duplicateDeclaration from './duplicate-declaration/rule.ts';
import duplicateKey from './duplicate-key/rule.ts';
import duplicateLabel from './duplicate-label/rule.ts';
import duplicateStageName from './duplicate-stage-name/rule.ts';
import echoFileInsteadOfHeredoc from './echo-file-instead-of-heredoc/rule.ts';
import emptyContinuation from './empty-continuation/rule.ts';
import emptyDefaultBase from './empty-default-base/rule.ts';
import emptyLabel from './empty-label/rule.ts';
import endOfLifeBase from './end-of-life-base/rule.ts';
import endOfLifeSoon from './end-of-life-soon/rule.ts';
import envOutsideDefault from './env-outside-default/rule.ts';
import environmentInImage from './environment-in-image/rule.ts';
import environmentNamedImage from './environment-named-image/rule.ts';
import fileBeforeUser from './file-before-user/rule.ts';
import fileHiddenByMount from './file-hidden-by-mount/rule.ts';
import firewallDisabled from './firewall-disabled/rule.ts';
import forbiddenOnbuild from './forbidden-onbuild/rule.ts';
import fromAsCasing from './from-as-casing/rule.ts';
import gitHistoryCopied from './git-history-copied/rule.ts';
import heavyFirstBoot from './heavy-first-boot/rule.ts';
import hostKeysKept from './host-keys-kept/rule.ts';
import hostPathUpload from './host-path-upload/rule.ts';
import hostPortMapping from './host-port-mapping/rule.ts';
import ignoredDirective from './ignored-directive/rule.ts';
import imageWithoutManifest from './image-without-manifest/rule.ts';
import imageWithoutOwner from './image-without-owner/rule.ts';
import imageWithoutPurpose from './image-without-purpose/rule.ts';
import imageWithoutRetirement from './image-without-retirement/rule.ts';
import imdsV1 from './imds-v1/rule.ts';
import includeOverHttp from './include-over-http/rule.ts';
import initialPasswordKept from './initial-password-kept/rule.ts';
import insecureRun from './insecure-run/rule.ts';
import installScriptsAsRoot from './install-scripts-as-root/rule.ts';
import instructionCasing from './instruction-casing/rule.ts';
import invalidFlagValue from './invalid-flag-value/rule.ts';
import invalidMount from './invalid-mount/rule.ts';
import invalidOnlyReference from './invalid-only-reference/rule.ts';
import invalidPort from './invalid-port/rule.ts';
import invalidStageName from './invalid-stage-name/rule.ts';
import invalidStopsignal from './invalid-stopsignal/rule.ts';
import invalidVariableType from './invalid-variable-type/rule.ts';
import isoChecksumNone from './iso-checksum-none/rule.ts';
import isoChecksumUnpinned from './iso-checksum-unpinned/rule.ts';
import isoChecksumWeak from './iso-checksum-weak/rule.ts';
import isoOverHttp from './iso-over-http/rule.ts';
import isoUrlMutable from './iso-url-mutable/rule.ts';
import jinjaWithoutHeader from './jinja-without-header/rule.ts';
import keyForAllRepositories from './key-for-all-repositories/rule.ts';
import keyTooNew from './key-too-new/rule.ts';
import labelNotDate from './label-not-date/rule.ts';
import labelNotEmail from './label-not-email/rule.ts';
import labelNotRevision from './label-not-revision/rule.ts';
import labelNotSpdx from './label-not-spdx/rule.ts';
import labelNotUrl from './label-not-url/rule.ts';
import labelNotVersion from './label-not-version/rule.ts';
import latestTag from './latest-tag/rule.ts';
import legacyJsonTemplate from './legacy-json-template/rule.ts';
import legacyKeyValue from './legacy-key-value/rule.ts';
import linuxOnlyFlag from './linux-only-flag/rule.ts';
import loginOfDroppedUser from './login-of-dropped-user/rule.ts';
import lonelyPackageUpdate from './lonely-package-update/rule.ts';
import machineConfigInContainer from './machine-config-in-container/rule.ts';
import maintainer from './maintainer/rule.ts';
import malformedAs from './malformed-as/rule.ts';
import malformedExecForm from './malformed-exec-form/rule.ts';
import malformedGroups from './malformed-groups/rule.ts';
import malformedHealthcheck from './malformed-healthcheck/rule.ts';
import malformedImageReference from './malformed-image-reference/rule.ts';
import malformedLabelKey from './malformed-label-key/rule.ts';
import mislabelledPart from './mislabelled-part/rule.ts';
import misplacedKey from './misplaced-key/rule.ts';
import missingAttribute from './missing-attribute/rule.ts';
import missingCacheMount from './missing-cache-mount/rule.ts';
import missingFrom from './missing-from/rule.ts';
import missingHeader from './missing-header/rule.ts';
import missingHealthcheck from './missing-healthcheck/rule.ts';
import missingKey from './missing-key/rule.ts';
import missingLabel from './missing-label/rule.ts';
import missingRequiredPlugins from './missing-required-plugins/rule.ts';
import missingRequiredVersion from './missing-required-version/rule.ts';
import missingScript from './missing-script/rule.ts';
import missingUser from './missing-user/rule.ts';
import mistypedValue from './mistyped-value/rule.ts';
import movingReference from './moving-reference/rule.ts';
import nearDuplicateSources from './near-duplicate-sources/rule.ts';
import noSecurityUpdates from './no-security-updates/rule.ts';
import nodeCacheLeft from './node-cache-left/rule.ts';
import npmStrictSslOff from './npm-strict-ssl-off/rule.ts';
import openBuildSecurityGroup from './open-build-security-group/rule.ts';
import outdatedTls from './outdated-tls/rule.ts';
import outputNameFixed from './output-name-fixed/rule.ts';
import outputOverwritten from './output-overwritten/rule.ts';
import overriddenInstruction from './overridden-instruction/rule.ts';
import packageInstallPrompts from './package-install-prompts/rule.ts';
import passwordHash from './password-hash/rule.ts';
import passwordlessSudo from './passwordless-sudo/rule.ts';
import passwordlessSudoLeft from './passwordless-sudo-left/rule.ts';
import phoneHomeOverHttp from './phone-home-over-http/rule.ts';
import pipCacheLeft from './pip-cache-left/rule.ts';
import pipTrustedHost from './pip-trusted-host/rule.ts';
import pipeToShell from './pipe-to-shell/rule.ts';
import pipeWithoutPipefail from './pipe-without-pipefail/rule.ts';
import plainHttpDownload from './plain-http-download/rule.ts';
import plainPassword from './plain-password/rule.ts';
import pointlessCommand from './pointless-command/rule.ts';
import portProtocolCasing from './port-protocol-casing/rule.ts';
import powerStateWithoutCondition from './power-state-without-condition/rule.ts';
import privilegedBuild from './privileged-build/rule.ts';
import publicImage from './public-image/rule.ts';
import redirectToHttp from './redirect-to-http/rule.ts';
import redundantTargetPlatform from './redundant-target-platform/rule.ts';
import relativeDestination from './relative-destination/rule.ts';
import relativeFilePath from './relative-file-path/rule.ts';
import relativeWorkdir from './relative-workdir/rule.ts';
import remoteAccessPort from './remote-access-port/rule.ts';
import repositoryWithoutKey from './repository-without-key/rule.ts';
import reservedStageName from './reserved-stage-name/rule.ts';
import rootAccountEnabled from './root-account-enabled/rule.ts';
import rootLoginLeft from './root-login-left/rule.ts';
import rootUser from './root-user/rule.ts';
import rpmCacheLeft from './rpm-cache-left/rule.ts';
import secretFileCopied from './secret-file-copied/rule.ts';
import secretInBuildArgument from './secret-in-build-argument/rule.ts';
import secretRemovedTooLate from './secret-removed-too-late/rule.ts';
import secretThroughTemplate from './secret-through-template/rule.ts';
import secretVariableNotSensitive from './secret-variable-not-sensitive/rule.ts';
import selinuxDisabled from './selinux-disabled/rule.ts';
import shellFormCommand from './shell-form-command/rule.ts';
import shellFormHealthcheck from './shell-form-healthcheck/rule.ts';
import shellNotJson from './shell-not-json/rule.ts';
import shellRunInScratch from './shell-run-in-scratch/rule.ts';
import shellcheck from './shellcheck/rule.ts';
import singleStageBuild from './single-stage-build/rule.ts';
import spaceBeforeEquals from './space-before-equals/rule.ts';
import sshPasswordLogin from './ssh-password-login/rule.ts';
import sshPasswordLoginLeft from './ssh-password-login-left/rule.ts';
import stageByNumber from './stage-by-number/rule.ts';
import stageNameCasing from './stage-name-casing/rule.ts';
import staleBaseLabel from './stale-base-label/rule.ts';
import sudoInDockerfile from './sudo-in-dockerfile/rule.ts';
import sudoWithoutPassword from './sudo-without-password/rule.ts';
import swallowedError from './swallowed-error/rule.ts';
import swallowedInstruction from './swallowed-instruction/rule.ts';
import syntaxError from './syntax-error/rule.ts';
import systemDirectory from './system-directory/rule.ts';
import tlsVerificationOff from './tls-verification-off/rule.ts';
import tlsVerificationOffBuilder from './tls-verification-off-builder/rule.ts';
import trailingComment from './trailing-comment/rule.ts';
import undeclaredAssignment from './undeclared-assignment/rule.ts';
import undeclaredSource from './undeclared-source/rule.ts';
import undeclaredVariable from './undeclared-variable/rule.ts';
import undefinedFromArgument from './undefined-from-argument/rule.ts';
import undefinedVariable from './undefined-variable/rule.ts';
import undescribedBuild from './undescribed-build/rule.ts';
import undescribedVariable from './undescribed-variable/rule.ts';
import unencryptedImage from './unencrypted-image/rule.ts';
import ungeneralisedCloudImage from './ungeneralised-cloud-image/rule.ts';
import ungeneralisedImage from './ungeneralised-image/rule.ts';
import ungracefulStopsignal from './ungraceful-stopsignal/rule.ts';
import unknownAttribute from './unknown-attribute/rule.ts';
import unknownBlock from './unknown-block/rule.ts';
import unknownFlag from './unknown-flag/rule.ts';
import unknownKey from './unknown-key/rule.ts';
import unknownLabel from './unknown-label/rule.ts';
import unknownStage from './unknown-stage/rule.ts';
import unknownUser from './unknown-user/rule.ts';
import unknownValue from './unknown-value/rule.ts';
import unlockedAccount from './unlocked-account/rule.ts';
import unpatchedImage from './unpatched-image/rule.ts';
import unpinnedApkPackage from './unpinned-apk-package/rule.ts';
import unpinnedAptPackage from './unpinned-apt-package/rule.ts';
import unpinnedBaseImage from './unpinned-base-image/rule.ts';
import unpinnedGem from './unpinned-gem/rule.ts';
import unpinnedGoPackage from './unpinned-go-package/rule.ts';
import unpinnedNpmPackage from './unpinned-npm-package/rule.ts';
import unpinnedPipPackage from './unpinned-pip-package/rule.ts';
import unpinnedPlugin from './unpinned-plugin/rule.ts';
import unpinnedRpmPackage from './unpinned-rpm-package/rule.ts';
import unquotedPermissions from './unquoted-permissions/rule.ts';
import unquotedText from './unquoted-text/rule.ts';
import unreachableStage from './unreachable-stage/rule.ts';
import unreadableEncoding from './unreadable-encoding/rule.ts';
import unsignedPackages from './unsigned-packages/rule.ts';
import unsignedRepository from './unsigned-repository/rule.ts';
import unsortedPackages from './unsorted-packages/rule.ts';
import untrustedRegistry from './untrusted-registry/rule.ts';
import unusedData from './unused-data/rule.ts';
import unusedIgnore from './unused-ignore/rule.ts';
import unusedLocal from './unused-local/rule.ts';
import unusedSource from './unused-source/rule.ts';
import unusedVariable from './unused-variable/rule.ts';
import unverifiedAdd from './unverified-add/rule.ts';
import unverifiedDownload from './unverified-download/rule.ts';
import userNotNumeric from './user-not-numeric/rule.ts';
import useraddLongUid from './useradd-long-uid/rule.ts';
import usersWithoutDefault from './users-without-default/rule.ts';
import variableInCopyFrom from './variable-in-copy-from/rule.ts';
import variableOfOwnLine from './variable-of-own-line/rule.ts';
import vncOnAllInterfaces from './vnc-on-all-interfaces/rule.ts';
import volumeThenWrite from './volume-then-write/rule.ts';
import weakChecksum from './weak-checksum/rule.ts';
import weakCredential from './weak-credential/rule.ts';
import wgetProgress from './wget-progress/rule.ts';
import wholeContextCopied from './whole-context-copied/rule.ts';
import wholeFilesystemCopied from './whole-filesystem-copied/rule.ts';
import winrmWithoutTls from './winrm-without-tls/rule.ts';
import worldWritable from './world-writable/rule.ts';
import writableByRuntimeUser from './writable-by-runtime-user/rule.ts';
import wrongArgumentCount from './wrong-argument-count/rule.ts';
import wrongType from './wrong-type/rule.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  addInsteadOfCopy,
  apkBuildDepsNotVirtual,
  apkCacheLeft,
  appBuiltAtBoot,
  appCodeInMachineImage,
  appImagePrepulled,
  aptInsteadOfAptGet,
  aptListsLeft,
  aptRecommends,
  archiveCopiedThenExtracted,
  bakedSecret,
  baseImageWithoutDigest,
  breakpointLeft,
  buildLoginLeft,
  cdInsteadOfWorkdir,
  cdWithoutEffect,
  chmodAfterCopy,
  circularStage,
  clonedLiveMachine,
  cloudConfigBelowShebang,
  commandBeforePackage,
  commandNotAString,
  commentNotADescription,
  computedDefault,
  conflictingAttributes,
  consecutiveRuns,
  constantPlatform,
  containerEngineWithoutLogRotation,
  copyFromEmptyStage,
  copyFromItself,
  copyOfIgnoredFile,
  createdUserUnused,
  curlAndWget,
  curlWithoutFail,
  curlWithoutLocation,
  dataOnRootDisk,
  databaseCopied,
  databaseInMachineImage,
  debugSettings,
  defaultShellReplaced,
  dependenciesAfterSource,
  deprecatedKey,
  deprecatedSyntax,
  deprecatedValue,
  desktopInContainer,
  destinationNotAFolder,
  directiveCasing,
  distributionUpgrade,
  dockerGroupLeft,
  dockerGroupMember,
  dockerSocket,
  dockerTagLatest,
  duplicateDeclaration,
  duplicateKey,
  duplicateLabel,
  duplicateStageName,
  echoFileInsteadOfHeredoc,
  emptyContinuation,
  emptyDefaultBase,
  emptyLabel,
  endOfLifeBase,
  endOfLifeSoon,
  envOutsideDefault,
  environmentInImage,
  environmentNamedImage,
  fileBeforeUser,
  fileHiddenByMount,
  firewallDisabled,
  forbiddenOnbuild,
  fromAsCasing,
  gitHistoryCopied,
  heavyFirstBoot,
  hostKeysKept,
  hostPathUpload,
  hostPortMapping,
  ignoredDirective,
  imageWithoutManifest,
  imageWithoutOwner,
  imageWithoutPurpose,
  imageWithoutRetirement,
  imdsV1,
  includeOverHttp,
  initialPasswordKept,
  insecureRun,
  installScriptsAsRoot,
  instructionCasing,
  invalidFlagValue,
  invalidMount,
  invalidOnlyReference,
  invalidPort,
  invalidStageName,
  invalidStopsignal,
  invalidVariableType,
  isoChecksumNone,
  isoChecksumUnpinned,
  isoChecksumWeak,
  isoOverHttp,
  isoUrlMutable,
  jinjaWithoutHeader,
  keyForAllRepositories,
  keyTooNew,
  labelNotDate,
  labelNotEmail,
  labelNotRevision,
  labelNotSpdx,
  labelNotUrl,
  labelNotVersion,
  latestTag,
  legacyJsonTemplate,
  legacyKeyValue,
  linuxOnlyFlag,
  loginOfDroppedUser,
  lonelyPackageUpdate,
  machineConfigInContainer,
  maintainer,
  malformedAs,
  malformedExecForm,
  malformedGroups,
  malformedHealthcheck,
  malformedImageReference,
  malformedLabelKey,
  mislabelledPart,
  misplacedKey,
  missingAttribute,
  missingCacheMount,
  missingFrom,
  missingHeader,
  missingHealthcheck,
  missingKey,
  missingLabel,
  missingRequiredPlugins,
  missingRequiredVersion,
  missingScript,
  missingUser,
  mistypedValue,
  movingReference,
  nearDuplicateSources,
  noSecurityUpdates,
  nodeCacheLeft,
  npmStrictSslOff,
  openBuildSecurityGroup,
  outdatedTls,
  outputNameFixed,
  outputOverwritten,
  overriddenInstruction,
  packageInstallPrompts,
  passwordHash,
  passwordlessSudo,
  passwordlessSudoLeft,
  phoneHomeOverHttp,
  pipCacheLeft,
  pipTrustedHost,
  pipeToShell,
  pipeWithoutPipefail,
  plainHttpDownload,
  plainPassword,
  pointlessCommand,
  portProtocolCasing,
  powerStateWithoutCondition,
  privilegedBuild,
  publicImage,
  redirectToHttp,
  redundantTargetPlatform,
  relativeDestination,
  relativeFilePath,
  relativeWorkdir,
  remoteAccessPort,
  repositoryWithoutKey,
  reservedStageName,
  rootAccountEnabled,
  rootLoginLeft,
  rootUser,
  rpmCacheLeft,
  secretFileCopied,
  secretInBuildArgument,
  secretRemovedTooLate,
  secretThroughTemplate,
  secretVariableNotSensitive,
  selinuxDisabled,
  shellFormCommand,
  shellFormHealthcheck,
  shellNotJson,
  shellRunInScratch,
  shellcheck,
  singleStageBuild,
  spaceBeforeEquals,
  sshPasswordLogin,
  sshPasswordLoginLeft,
  stageByNumber,
  stageNameCasing,
  staleBaseLabel,
  sudoInDockerfile,
  sudoWithoutPassword,
  swallowedError,
  swallowedInstruction,
  syntaxError,
  systemDirectory,
  tlsVerificationOff,
  tlsVerificationOffBuilder,
  trailingComment,
  undeclaredAssignment,
  undeclaredSource,
  undeclaredVariable,
  undefinedFromArgument,
  undefinedVariable,
  undescribedBuild,
  undescribedVariable,
  unencryptedImage,
  ungeneralisedCloudImage,
  ungeneralisedImage,
  ungracefulStopsignal,
  unknownAttribute,
  unknownBlock,
  unknownFlag,
  unknownKey,
  unknownLabel,
  unknownStage,
  unknownUser,
  unknownValue,
  unlockedAccount,
  unpatchedImage,
  unpinnedApkPackage,
  unpinnedAptPackage,
  unpinnedBaseImage,
  unpinnedGem,
  unpinnedGoPackage,
  unpinnedNpmPackage,
  unpinnedPipPackage,
  unpinnedPlugin,
  unpinnedRpmPackage,
  unquotedPermissions,
  unquotedText,
  unreachableStage,
  unreadableEncoding,
  unsignedPackages,
  unsignedRepository,
  unsortedPackages,
  untrustedRegistry,
  unusedData,
  unusedIgnore,
  unusedLocal,
  unusedSource,
  unusedVariable,
  unverifiedAdd,
  unverifiedDownload,
  userNotNumeric,
  useraddLongUid,
  usersWithoutDefault,
  variableInCopyFrom,
  variableOfOwnLine,
  vncOnAllInterfaces,
  volumeThenWrite,
  weakChecksum,
  weakCredential,
  wgetProgress,
  wholeContextCopied,
  wholeFilesystemCopied,
  winrmWithoutTls,
  worldWritable,
  writableByRuntimeUser,
  wrongArgumentCount,
  wrongType,
];

/** The rules whose page shows a fix. */
export const fixable: ReadonlySet<string> = new Set([
  'add-instead-of-copy',
  'apk-build-deps-not-virtual',
  'apk-cache-left',
  'apt-instead-of-apt-get',
  'apt-lists-left',
  'apt-recommends',
  'breakpoint-left',
  'cd-instead-of-workdir',
  'cd-without-effect',
  'chmod-after-copy',
  'command-not-a-string',
  'comment-not-a-description',
  'consecutive-runs',
  'constant-platform',
  'curl-without-fail',
  'curl-without-location',
  'default-shell-replaced',
  'deprecated-key',
  'deprecated-syntax',
  'deprecated-value',
  'destination-not-a-folder',
  'directive-casing',
  'duplicate-key',
  'duplicate-label',
  'echo-file-instead-of-heredoc',
  'empty-continuation',
  'file-before-user',
  'file-hidden-by-mount',
  'from-as-casing',
  'host-keys-kept',
  'host-port-mapping',
  'ignored-directive',
  'image-without-manifest',
  'image-without-owner',
  'image-without-retirement',
  'imds-v1',
  'insecure-run',
  'install-scripts-as-root',
  'instruction-casing',
  'invalid-flag-value',
  'invalid-mount',
  'invalid-only-reference',
  'invalid-port',
  'invalid-stage-name',
  'invalid-stopsignal',
  'invalid-variable-type',
  'iso-checksum-none',
  'iso-over-http',
  'jinja-without-header',
  'label-not-date',
  'label-not-email',
  'label-not-spdx',
  'label-not-url',
  'legacy-key-value',
  'linux-only-flag',
  'lonely-package-update',
  'maintainer',
  'malformed-as',
  'malformed-exec-form',
  'malformed-groups',
  'malformed-healthcheck',
  'malformed-image-reference',
  'misplaced-key',
  'missing-cache-mount',
  'missing-header',
  'missing-label',
  'missing-required-plugins',
  'missing-required-version',
  'no-security-updates',
  'node-cache-left',
  'open-build-security-group',
  'outdated-tls',
  'output-name-fixed',
  'output-overwritten',
  'overridden-instruction',
  'package-install-prompts',
  'pip-cache-left',
  'pip-trusted-host',
  'pipe-without-pipefail',
  'plain-http-download',
  'port-protocol-casing',
  'redirect-to-http',
  'redundant-target-platform',
  'relative-file-path',
  'relative-workdir',
  'reserved-stage-name',
  'root-account-enabled',
  'rpm-cache-left',
  'secret-in-build-argument',
  'secret-variable-not-sensitive',
  'shell-form-command',
  'shell-form-healthcheck',
  'shell-not-json',
  'shellcheck',
  'space-before-equals',
  'ssh-password-login',
  'stage-by-number',
  'stage-name-casing',
  'stale-base-label',
  'sudo-in-dockerfile',
  'swallowed-instruction',
  'syntax-error',
  'tls-verification-off',
  'tls-verification-off-builder',
  'trailing-comment',
  'undeclared-assignment',
  'undeclared-source',
  'undeclared-variable',
  'undefined-from-argument',
  'undefined-variable',
  'unencrypted-image',
  'ungeneralised-image',
  'unknown-attribute',
  'unknown-block',
  'unknown-flag',
  'unknown-key',
  'unknown-label',
  'unknown-stage',
  'unknown-value',
  'unlocked-account',
  'unpinned-plugin',
  'unquoted-permissions',
  'unquoted-text',
  'unsigned-packages',
  'unsorted-packages',
  'unused-data',
  'unused-local',
  'unused-source',
  'unused-variable',
  'user-not-numeric',
  'useradd-long-uid',
  'users-without-default',
  'variable-of-own-line',
  'vnc-on-all-interfaces',
  'wget-progress',
  'world-writable',
  'wrong-type',
]);
