// Generated from the folders beside this file by `npm run dev -- generate`.
import type { Rule } from '../core/rule.ts';
import apkCacheLeft from './apk-cache-left/rule.ts';
import appCodeInMachineImage from './app-code-in-machine-image/rule.ts';
import aptInsteadOfAptGet from './apt-instead-of-apt-get/rule.ts';
import aptListsLeft from './apt-lists-left/rule.ts';
import aptRecommends from './apt-recommends/rule.ts';
import bakedSecret from './baked-secret/rule.ts';
import baseImageWithoutDigest from './base-image-without-digest/rule.ts';
import buildLoginLeft from './build-login-left/rule.ts';
import cdInsteadOfWorkdir from './cd-instead-of-workdir/rule.ts';
import cdWithoutEffect from './cd-without-effect/rule.ts';
import circularStage from './circular-stage/rule.ts';
import cloudConfigBelowShebang from './cloud-config-below-shebang/rule.ts';
import commandBeforePackage from './command-before-package/rule.ts';
import commandNotAString from './command-not-a-string/rule.ts';
import conflictingAttributes from './conflicting-attributes/rule.ts';
import consecutiveRuns from './consecutive-runs/rule.ts';
import constantPlatform from './constant-platform/rule.ts';
import containerEngineWithoutLogRotation from './container-engine-without-log-rotation/rule.ts';
import copyFromEmptyStage from './copy-from-empty-stage/rule.ts';
import copyFromItself from './copy-from-itself/rule.ts';
import curlAndWget from './curl-and-wget/rule.ts';
import curlWithoutFail from './curl-without-fail/rule.ts';
import defaultShellReplaced from './default-shell-replaced/rule.ts';
import deprecatedKey from './deprecated-key/rule.ts';
import deprecatedValue from './deprecated-value/rule.ts';
import desktopInContainer from './desktop-in-container/rule.ts';
import directiveCasing from './directive-casing/rule.ts';
import duplicateKey from './duplicate-key/rule.ts';
import duplicateStageName from './duplicate-stage-name/rule.ts';
import echoFileInsteadOfHeredoc from './echo-file-instead-of-heredoc/rule.ts';
import emptyContinuation from './empty-continuation/rule.ts';
import emptyDefaultBase from './empty-default-base/rule.ts';
import endOfLifeBase from './end-of-life-base/rule.ts';
import endOfLifeSoon from './end-of-life-soon/rule.ts';
import fileBeforeUser from './file-before-user/rule.ts';
import firewallDisabled from './firewall-disabled/rule.ts';
import forbiddenOnbuild from './forbidden-onbuild/rule.ts';
import fromAsCasing from './from-as-casing/rule.ts';
import ignoredDirective from './ignored-directive/rule.ts';
import instructionCasing from './instruction-casing/rule.ts';
import invalidFlagValue from './invalid-flag-value/rule.ts';
import invalidMount from './invalid-mount/rule.ts';
import invalidStageName from './invalid-stage-name/rule.ts';
import isoChecksumNone from './iso-checksum-none/rule.ts';
import isoChecksumUnpinned from './iso-checksum-unpinned/rule.ts';
import isoChecksumWeak from './iso-checksum-weak/rule.ts';
import isoOverHttp from './iso-over-http/rule.ts';
import isoUrlMutable from './iso-url-mutable/rule.ts';
import jinjaWithoutHeader from './jinja-without-header/rule.ts';
import keyTooNew from './key-too-new/rule.ts';
import latestTag from './latest-tag/rule.ts';
import legacyKeyValue from './legacy-key-value/rule.ts';
import lonelyPackageUpdate from './lonely-package-update/rule.ts';
import machineConfigInContainer from './machine-config-in-container/rule.ts';
import maintainer from './maintainer/rule.ts';
import malformedAs from './malformed-as/rule.ts';
import malformedExecForm from './malformed-exec-form/rule.ts';
import malformedGroups from './malformed-groups/rule.ts';
import malformedImageReference from './malformed-image-reference/rule.ts';
import mislabelledPart from './mislabelled-part/rule.ts';
import misplacedKey from './misplaced-key/rule.ts';
import missingAttribute from './missing-attribute/rule.ts';
import missingFrom from './missing-from/rule.ts';
import missingHeader from './missing-header/rule.ts';
import missingKey from './missing-key/rule.ts';
import missingUser from './missing-user/rule.ts';
import movingReference from './moving-reference/rule.ts';
import nodeCacheLeft from './node-cache-left/rule.ts';
import overriddenInstruction from './overridden-instruction/rule.ts';
import packageInstallPrompts from './package-install-prompts/rule.ts';
import passwordHash from './password-hash/rule.ts';
import passwordlessSudoLeft from './passwordless-sudo-left/rule.ts';
import pipCacheLeft from './pip-cache-left/rule.ts';
import pipeToShell from './pipe-to-shell/rule.ts';
import pipeWithoutPipefail from './pipe-without-pipefail/rule.ts';
import plainHttpDownload from './plain-http-download/rule.ts';
import plainPassword from './plain-password/rule.ts';
import pointlessCommand from './pointless-command/rule.ts';
import powerStateWithoutCondition from './power-state-without-condition/rule.ts';
import redundantTargetPlatform from './redundant-target-platform/rule.ts';
import relativeFilePath from './relative-file-path/rule.ts';
import reservedStageName from './reserved-stage-name/rule.ts';
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
import shellNotJson from './shell-not-json/rule.ts';
import shellRunInScratch from './shell-run-in-scratch/rule.ts';
import shellcheck from './shellcheck/rule.ts';
import singleStageBuild from './single-stage-build/rule.ts';
import spaceBeforeEquals from './space-before-equals/rule.ts';
import sshPasswordLoginLeft from './ssh-password-login-left/rule.ts';
import stageByNumber from './stage-by-number/rule.ts';
import stageNameCasing from './stage-name-casing/rule.ts';
import sudoInDockerfile from './sudo-in-dockerfile/rule.ts';
import swallowedInstruction from './swallowed-instruction/rule.ts';
import syntaxError from './syntax-error/rule.ts';
import tlsVerificationOff from './tls-verification-off/rule.ts';
import trailingComment from './trailing-comment/rule.ts';
import undefinedFromArgument from './undefined-from-argument/rule.ts';
import unknownAttribute from './unknown-attribute/rule.ts';
import unknownBlock from './unknown-block/rule.ts';
import unknownFlag from './unknown-flag/rule.ts';
import unknownKey from './unknown-key/rule.ts';
import unknownStage from './unknown-stage/rule.ts';
import unknownValue from './unknown-value/rule.ts';
import unpinnedBaseImage from './unpinned-base-image/rule.ts';
import unquotedPermissions from './unquoted-permissions/rule.ts';
import unquotedText from './unquoted-text/rule.ts';
import unreachableStage from './unreachable-stage/rule.ts';
import unreadableEncoding from './unreadable-encoding/rule.ts';
import untrustedRegistry from './untrusted-registry/rule.ts';
import unusedIgnore from './unused-ignore/rule.ts';
import unverifiedDownload from './unverified-download/rule.ts';
import useraddLongUid from './useradd-long-uid/rule.ts';
import usersWithoutDefault from './users-without-default/rule.ts';
import variableInCopyFrom from './variable-in-copy-from/rule.ts';
import weakCredential from './weak-credential/rule.ts';
import wgetProgress from './wget-progress/rule.ts';
import wholeFilesystemCopied from './whole-filesystem-copied/rule.ts';
import wrongArgumentCount from './wrong-argument-count/rule.ts';
import wrongType from './wrong-type/rule.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  apkCacheLeft,
  appCodeInMachineImage,
  aptInsteadOfAptGet,
  aptListsLeft,
  aptRecommends,
  bakedSecret,
  baseImageWithoutDigest,
  buildLoginLeft,
  cdInsteadOfWorkdir,
  cdWithoutEffect,
  circularStage,
  cloudConfigBelowShebang,
  commandBeforePackage,
  commandNotAString,
  conflictingAttributes,
  consecutiveRuns,
  constantPlatform,
  containerEngineWithoutLogRotation,
  copyFromEmptyStage,
  copyFromItself,
  curlAndWget,
  curlWithoutFail,
  defaultShellReplaced,
  deprecatedKey,
  deprecatedValue,
  desktopInContainer,
  directiveCasing,
  duplicateKey,
  duplicateStageName,
  echoFileInsteadOfHeredoc,
  emptyContinuation,
  emptyDefaultBase,
  endOfLifeBase,
  endOfLifeSoon,
  fileBeforeUser,
  firewallDisabled,
  forbiddenOnbuild,
  fromAsCasing,
  ignoredDirective,
  instructionCasing,
  invalidFlagValue,
  invalidMount,
  invalidStageName,
  isoChecksumNone,
  isoChecksumUnpinned,
  isoChecksumWeak,
  isoOverHttp,
  isoUrlMutable,
  jinjaWithoutHeader,
  keyTooNew,
  latestTag,
  legacyKeyValue,
  lonelyPackageUpdate,
  machineConfigInContainer,
  maintainer,
  malformedAs,
  malformedExecForm,
  malformedGroups,
  malformedImageReference,
  mislabelledPart,
  misplacedKey,
  missingAttribute,
  missingFrom,
  missingHeader,
  missingKey,
  missingUser,
  movingReference,
  nodeCacheLeft,
  overriddenInstruction,
  packageInstallPrompts,
  passwordHash,
  passwordlessSudoLeft,
  pipCacheLeft,
  pipeToShell,
  pipeWithoutPipefail,
  plainHttpDownload,
  plainPassword,
  pointlessCommand,
  powerStateWithoutCondition,
  redundantTargetPlatform,
  relativeFilePath,
  reservedStageName,
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
  shellNotJson,
  shellRunInScratch,
  shellcheck,
  singleStageBuild,
  spaceBeforeEquals,
  sshPasswordLoginLeft,
  stageByNumber,
  stageNameCasing,
  sudoInDockerfile,
  swallowedInstruction,
  syntaxError,
  tlsVerificationOff,
  trailingComment,
  undefinedFromArgument,
  unknownAttribute,
  unknownBlock,
  unknownFlag,
  unknownKey,
  unknownStage,
  unknownValue,
  unpinnedBaseImage,
  unquotedPermissions,
  unquotedText,
  unreachableStage,
  unreadableEncoding,
  untrustedRegistry,
  unusedIgnore,
  unverifiedDownload,
  useraddLongUid,
  usersWithoutDefault,
  variableInCopyFrom,
  weakCredential,
  wgetProgress,
  wholeFilesystemCopied,
  wrongArgumentCount,
  wrongType,
];

/** The rules whose page shows a fix. */
export const fixable: ReadonlySet<string> = new Set([
  'apk-cache-left',
  'apt-instead-of-apt-get',
  'apt-lists-left',
  'apt-recommends',
  'cd-instead-of-workdir',
  'cd-without-effect',
  'command-not-a-string',
  'consecutive-runs',
  'constant-platform',
  'curl-without-fail',
  'default-shell-replaced',
  'deprecated-key',
  'deprecated-value',
  'directive-casing',
  'duplicate-key',
  'echo-file-instead-of-heredoc',
  'empty-continuation',
  'file-before-user',
  'from-as-casing',
  'ignored-directive',
  'instruction-casing',
  'invalid-flag-value',
  'invalid-mount',
  'invalid-stage-name',
  'iso-checksum-none',
  'iso-over-http',
  'jinja-without-header',
  'legacy-key-value',
  'lonely-package-update',
  'maintainer',
  'malformed-as',
  'malformed-exec-form',
  'malformed-groups',
  'malformed-image-reference',
  'misplaced-key',
  'missing-header',
  'node-cache-left',
  'overridden-instruction',
  'package-install-prompts',
  'pip-cache-left',
  'pipe-without-pipefail',
  'plain-http-download',
  'redundant-target-platform',
  'relative-file-path',
  'reserved-stage-name',
  'rpm-cache-left',
  'secret-in-build-argument',
  'secret-variable-not-sensitive',
  'shell-form-command',
  'shell-not-json',
  'shellcheck',
  'space-before-equals',
  'stage-by-number',
  'stage-name-casing',
  'sudo-in-dockerfile',
  'swallowed-instruction',
  'syntax-error',
  'tls-verification-off',
  'trailing-comment',
  'undefined-from-argument',
  'unknown-attribute',
  'unknown-block',
  'unknown-flag',
  'unknown-key',
  'unknown-stage',
  'unknown-value',
  'unquoted-permissions',
  'unquoted-text',
  'useradd-long-uid',
  'users-without-default',
  'wget-progress',
  'wrong-type',
]);
