// Generated from the directories beside this file by `npm run dev -- generate`.
import type { Rule } from '../core/rule.ts';
import accountWithoutPassword from './cloud-init/account-without-password/rule.ts';
import addInsteadOfCopy from './dockerfile/add-instead-of-copy/rule.ts';
import apkBuildDepsNotVirtual from './dockerfile/apk-build-deps-not-virtual/rule.ts';
import apkCacheLeft from './dockerfile/apk-cache-left/rule.ts';
import appBuiltAtBoot from './cloud-init/app-built-at-boot/rule.ts';
import appCodeInMachineImage from './packer/app-code-in-machine-image/rule.ts';
import appImagePrepulled from './packer/app-image-prepulled/rule.ts';
import aptInsteadOfAptGet from './shared/apt-instead-of-apt-get/rule.ts';
import aptListsLeft from './dockerfile/apt-lists-left/rule.ts';
import aptRecommends from './shared/apt-recommends/rule.ts';
import archiveCopiedThenExtracted from './dockerfile/archive-copied-then-extracted/rule.ts';
import archiveLeft from './packer/archive-left/rule.ts';
import authorizedKeyLeft from './packer/authorized-key-left/rule.ts';
import automaticUpdatesOff from './shared/automatic-updates-off/rule.ts';
import bakedSecret from './shared/baked-secret/rule.ts';
import baseImageWithoutDigest from './dockerfile/base-image-without-digest/rule.ts';
import baseVersionDrift from './dockerfile/base-version-drift/rule.ts';
import breakpointLeft from './packer/breakpoint-left/rule.ts';
import buildLoginLeft from './packer/build-login-left/rule.ts';
import buildToolsLeft from './dockerfile/build-tools-left/rule.ts';
import cdInsteadOfWorkdir from './dockerfile/cd-instead-of-workdir/rule.ts';
import cdWithoutEffect from './dockerfile/cd-without-effect/rule.ts';
import chefWithoutVerification from './cloud-init/chef-without-verification/rule.ts';
import chmodAfterCopy from './dockerfile/chmod-after-copy/rule.ts';
import circularLocal from './packer/circular-local/rule.ts';
import circularStage from './dockerfile/circular-stage/rule.ts';
import clonedLiveMachine from './packer/cloned-live-machine/rule.ts';
import cloudConfigBelowShebang from './cloud-init/cloud-config-below-shebang/rule.ts';
import commandBeforePackage from './cloud-init/command-before-package/rule.ts';
import commandNotAString from './cloud-init/command-not-a-string/rule.ts';
import commandSubstitutionInValue from './dockerfile/command-substitution-in-value/rule.ts';
import commentNotADescription from './dockerfile/comment-not-a-description/rule.ts';
import computedDefault from './packer/computed-default/rule.ts';
import conflictingAttributes from './packer/conflicting-attributes/rule.ts';
import consecutiveRuns from './dockerfile/consecutive-runs/rule.ts';
import constantPlatform from './dockerfile/constant-platform/rule.ts';
import containerEngineWithoutLiveRestore from './shared/container-engine-without-live-restore/rule.ts';
import containerEngineWithoutLogRotation from './shared/container-engine-without-log-rotation/rule.ts';
import copyFromEmptyStage from './dockerfile/copy-from-empty-stage/rule.ts';
import copyFromItself from './dockerfile/copy-from-itself/rule.ts';
import copyFromLaterStage from './dockerfile/copy-from-later-stage/rule.ts';
import copyOfIgnoredFile from './dockerfile/copy-of-ignored-file/rule.ts';
import copyOutsideContext from './dockerfile/copy-outside-context/rule.ts';
import createdUserUnused from './dockerfile/created-user-unused/rule.ts';
import curlAndWget from './dockerfile/curl-and-wget/rule.ts';
import curlWithoutFail from './shared/curl-without-fail/rule.ts';
import curlWithoutLocation from './shared/curl-without-location/rule.ts';
import dataOnRootDisk from './cloud-init/data-on-root-disk/rule.ts';
import databaseCopied from './dockerfile/database-copied/rule.ts';
import databaseInMachineImage from './packer/database-in-machine-image/rule.ts';
import debugSettings from './dockerfile/debug-settings/rule.ts';
import defaultShellReplaced from './dockerfile/default-shell-replaced/rule.ts';
import dependenciesAfterSource from './dockerfile/dependencies-after-source/rule.ts';
import deprecatedKey from './cloud-init/deprecated-key/rule.ts';
import deprecatedSyntax from './packer/deprecated-syntax/rule.ts';
import deprecatedValue from './cloud-init/deprecated-value/rule.ts';
import desktopInContainer from './dockerfile/desktop-in-container/rule.ts';
import destinationNotADirectory from './dockerfile/destination-not-a-directory/rule.ts';
import destructiveBootcmd from './cloud-init/destructive-bootcmd/rule.ts';
import directiveCasing from './dockerfile/directive-casing/rule.ts';
import diskOverwritten from './cloud-init/disk-overwritten/rule.ts';
import distributionAsAppBase from './dockerfile/distribution-as-app-base/rule.ts';
import distributionUpgrade from './dockerfile/distribution-upgrade/rule.ts';
import dockerApiWithoutTls from './shared/docker-api-without-tls/rule.ts';
import dockerGroupLeft from './shared/docker-group-left/rule.ts';
import dockerGroupMember from './cloud-init/docker-group-member/rule.ts';
import dockerSocket from './dockerfile/docker-socket/rule.ts';
import dockerTagLatest from './packer/docker-tag-latest/rule.ts';
import dockerfilePerEnvironment from './dockerfile/dockerfile-per-environment/rule.ts';
import duplicateDeclaration from './packer/duplicate-declaration/rule.ts';
import duplicateKey from './cloud-init/duplicate-key/rule.ts';
import duplicateLabel from './dockerfile/duplicate-label/rule.ts';
import duplicateStageName from './dockerfile/duplicate-stage-name/rule.ts';
import echoFileInsteadOfHeredoc from './dockerfile/echo-file-instead-of-heredoc/rule.ts';
import emptyArchivePart from './cloud-init/empty-archive-part/rule.ts';
import emptyContinuation from './dockerfile/empty-continuation/rule.ts';
import emptyDefaultBase from './dockerfile/empty-default-base/rule.ts';
import emptyLabel from './dockerfile/empty-label/rule.ts';
import emptyPassword from './shared/empty-password/rule.ts';
import endOfLifeBase from './shared/end-of-life-base/rule.ts';
import endOfLifeSoon from './shared/end-of-life-soon/rule.ts';
import envOutsideDefault from './packer/env-outside-default/rule.ts';
import environmentInImage from './dockerfile/environment-in-image/rule.ts';
import environmentInMachineImage from './packer/environment-in-machine-image/rule.ts';
import environmentNamedImage from './packer/environment-named-image/rule.ts';
import environmentNotPassed from './packer/environment-not-passed/rule.ts';
import fileBeforeUser from './cloud-init/file-before-user/rule.ts';
import fileHiddenByMount from './cloud-init/file-hidden-by-mount/rule.ts';
import firewallDisabled from './shared/firewall-disabled/rule.ts';
import fixedMachineId from './shared/fixed-machine-id/rule.ts';
import flagWithoutSyntaxDirective from './dockerfile/flag-without-syntax-directive/rule.ts';
import forbiddenOnbuild from './dockerfile/forbidden-onbuild/rule.ts';
import fromAsCasing from './dockerfile/from-as-casing/rule.ts';
import generatedPrivateKey from './shared/generated-private-key/rule.ts';
import gitHistoryCopied from './dockerfile/git-history-copied/rule.ts';
import heavyFirstBoot from './cloud-init/heavy-first-boot/rule.ts';
import heredocWithoutErrexit from './dockerfile/heredoc-without-errexit/rule.ts';
import hostKeysKept from './cloud-init/host-keys-kept/rule.ts';
import hostPathUpload from './packer/host-path-upload/rule.ts';
import hostPortMapping from './dockerfile/host-port-mapping/rule.ts';
import hostnameNotApplied from './cloud-init/hostname-not-applied/rule.ts';
import ignoredDirective from './dockerfile/ignored-directive/rule.ts';
import imageVersionDrift from './dockerfile/image-version-drift/rule.ts';
import imageWithoutManifest from './packer/image-without-manifest/rule.ts';
import imageWithoutOwner from './packer/image-without-owner/rule.ts';
import imageWithoutPurpose from './packer/image-without-purpose/rule.ts';
import imageWithoutRetirement from './packer/image-without-retirement/rule.ts';
import imdsV1 from './packer/imds-v1/rule.ts';
import includeOverHttp from './cloud-init/include-over-http/rule.ts';
import indentedShebang from './cloud-init/indented-shebang/rule.ts';
import initialPasswordKept from './cloud-init/initial-password-kept/rule.ts';
import insecureRegistry from './shared/insecure-registry/rule.ts';
import insecureRun from './dockerfile/insecure-run/rule.ts';
import installScriptsAsRoot from './dockerfile/install-scripts-as-root/rule.ts';
import installedAtStart from './dockerfile/installed-at-start/rule.ts';
import instructionCasing from './dockerfile/instruction-casing/rule.ts';
import invalidDynamicBlock from './packer/invalid-dynamic-block/rule.ts';
import invalidFlagValue from './dockerfile/invalid-flag-value/rule.ts';
import invalidFunctionCall from './packer/invalid-function-call/rule.ts';
import invalidMergeType from './cloud-init/invalid-merge-type/rule.ts';
import invalidMount from './dockerfile/invalid-mount/rule.ts';
import invalidName from './packer/invalid-name/rule.ts';
import invalidOnlyReference from './packer/invalid-only-reference/rule.ts';
import invalidPort from './dockerfile/invalid-port/rule.ts';
import invalidRequirement from './packer/invalid-requirement/rule.ts';
import invalidStageName from './dockerfile/invalid-stage-name/rule.ts';
import invalidStopsignal from './dockerfile/invalid-stopsignal/rule.ts';
import invalidStorage from './cloud-init/invalid-storage/rule.ts';
import invalidValidation from './packer/invalid-validation/rule.ts';
import invalidVariableType from './packer/invalid-variable-type/rule.ts';
import isoChecksumNone from './packer/iso-checksum-none/rule.ts';
import isoChecksumUnpinned from './packer/iso-checksum-unpinned/rule.ts';
import isoChecksumWeak from './packer/iso-checksum-weak/rule.ts';
import isoOverHttp from './packer/iso-over-http/rule.ts';
import isoUrlMutable from './packer/iso-url-mutable/rule.ts';
import jinjaHeader from './cloud-init/jinja-header/rule.ts';
import jinjaWithoutHeader from './cloud-init/jinja-without-header/rule.ts';
import keyForAllRepositories from './shared/key-for-all-repositories/rule.ts';
import keyTooNew from './cloud-init/key-too-new/rule.ts';
import labelNotDate from './dockerfile/label-not-date/rule.ts';
import labelNotEmail from './dockerfile/label-not-email/rule.ts';
import labelNotRevision from './dockerfile/label-not-revision/rule.ts';
import labelNotSpdx from './dockerfile/label-not-spdx/rule.ts';
import labelNotUrl from './dockerfile/label-not-url/rule.ts';
import labelNotVersion from './dockerfile/label-not-version/rule.ts';
import latestTag from './shared/latest-tag/rule.ts';
import legacyJsonTemplate from './packer/legacy-json-template/rule.ts';
import legacyKeyValue from './dockerfile/legacy-key-value/rule.ts';
import linuxOnlyFlag from './dockerfile/linux-only-flag/rule.ts';
import lockedPassword from './cloud-init/locked-password/rule.ts';
import lockfileNotEnforced from './dockerfile/lockfile-not-enforced/rule.ts';
import logRotationOff from './shared/log-rotation-off/rule.ts';
import loginOfDroppedUser from './cloud-init/login-of-dropped-user/rule.ts';
import lonelyPackageUpdate from './dockerfile/lonely-package-update/rule.ts';
import lostSetting from './cloud-init/lost-setting/rule.ts';
import machineConfigInContainer from './dockerfile/machine-config-in-container/rule.ts';
import maintainer from './dockerfile/maintainer/rule.ts';
import malformedAs from './dockerfile/malformed-as/rule.ts';
import malformedExecForm from './dockerfile/malformed-exec-form/rule.ts';
import malformedGroups from './cloud-init/malformed-groups/rule.ts';
import malformedHealthcheck from './dockerfile/malformed-healthcheck/rule.ts';
import malformedImageReference from './dockerfile/malformed-image-reference/rule.ts';
import malformedLabelKey from './dockerfile/malformed-label-key/rule.ts';
import manualFstabEntry from './cloud-init/manual-fstab-entry/rule.ts';
import misencodedUserData from './cloud-init/misencoded-user-data/rule.ts';
import mislabeledPart from './cloud-init/mislabeled-part/rule.ts';
import misplacedKey from './cloud-init/misplaced-key/rule.ts';
import missingAttribute from './packer/missing-attribute/rule.ts';
import missingCacheMount from './dockerfile/missing-cache-mount/rule.ts';
import missingElement from './packer/missing-element/rule.ts';
import missingFrom from './dockerfile/missing-from/rule.ts';
import missingHeader from './cloud-init/missing-header/rule.ts';
import missingHealthcheck from './dockerfile/missing-healthcheck/rule.ts';
import missingKey from './cloud-init/missing-key/rule.ts';
import missingLabel from './dockerfile/missing-label/rule.ts';
import missingMetaData from './cloud-init/missing-meta-data/rule.ts';
import missingRequiredPlugins from './packer/missing-required-plugins/rule.ts';
import missingRequiredVersion from './packer/missing-required-version/rule.ts';
import missingScript from './packer/missing-script/rule.ts';
import missingTemplateVariable from './packer/missing-template-variable/rule.ts';
import missingUser from './dockerfile/missing-user/rule.ts';
import mistypedOperand from './packer/mistyped-operand/rule.ts';
import mistypedValue from './packer/mistyped-value/rule.ts';
import movingDefaultVersion from './dockerfile/moving-default-version/rule.ts';
import movingReference from './shared/moving-reference/rule.ts';
import movingTag from './shared/moving-tag/rule.ts';
import nearDuplicateSources from './packer/near-duplicate-sources/rule.ts';
import noSecurityUpdates from './cloud-init/no-security-updates/rule.ts';
import nodeCacheLeft from './dockerfile/node-cache-left/rule.ts';
import npmStrictSslOff from './shared/npm-strict-ssl-off/rule.ts';
import omittedModule from './cloud-init/omitted-module/rule.ts';
import oneTimeBootcmd from './cloud-init/one-time-bootcmd/rule.ts';
import openBuildSecurityGroup from './packer/open-build-security-group/rule.ts';
import openService from './shared/open-service/rule.ts';
import outdatedTls from './shared/outdated-tls/rule.ts';
import outputNameFixed from './packer/output-name-fixed/rule.ts';
import outputOverwritten from './packer/output-overwritten/rule.ts';
import overriddenInstruction from './dockerfile/overridden-instruction/rule.ts';
import packageInstallPrompts from './shared/package-install-prompts/rule.ts';
import packagesBeforeCloudInit from './packer/packages-before-cloud-init/rule.ts';
import passwordHash from './shared/password-hash/rule.ts';
import passwordlessSudo from './cloud-init/passwordless-sudo/rule.ts';
import passwordlessSudoLeft from './shared/passwordless-sudo-left/rule.ts';
import phoneHomeOverHttp from './cloud-init/phone-home-over-http/rule.ts';
import pipCacheLeft from './dockerfile/pip-cache-left/rule.ts';
import pipTrustedHost from './shared/pip-trusted-host/rule.ts';
import pipeToShell from './shared/pipe-to-shell/rule.ts';
import pipeWithoutPipefail from './dockerfile/pipe-without-pipefail/rule.ts';
import plainHttpDownload from './shared/plain-http-download/rule.ts';
import plainPassword from './cloud-init/plain-password/rule.ts';
import pointlessCommand from './dockerfile/pointless-command/rule.ts';
import portProtocolCasing from './dockerfile/port-protocol-casing/rule.ts';
import powerStateWithoutCondition from './cloud-init/power-state-without-condition/rule.ts';
import privilegedBuild from './packer/privileged-build/rule.ts';
import privilegedContainer from './shared/privileged-container/rule.ts';
import publicImage from './packer/public-image/rule.ts';
import publishedDatabasePort from './shared/published-database-port/rule.ts';
import rebootInCommands from './cloud-init/reboot-in-commands/rule.ts';
import redirectToHttp from './shared/redirect-to-http/rule.ts';
import redundantTargetPlatform from './dockerfile/redundant-target-platform/rule.ts';
import relativeDestination from './dockerfile/relative-destination/rule.ts';
import relativeFilePath from './cloud-init/relative-file-path/rule.ts';
import relativeWorkdir from './dockerfile/relative-workdir/rule.ts';
import remoteAccessPort from './dockerfile/remote-access-port/rule.ts';
import remoteDesktopEnabled from './packer/remote-desktop-enabled/rule.ts';
import removedInLaterLayer from './dockerfile/removed-in-later-layer/rule.ts';
import replacedSetting from './cloud-init/replaced-setting/rule.ts';
import repositoryWithoutKey from './cloud-init/repository-without-key/rule.ts';
import reservedStageName from './dockerfile/reserved-stage-name/rule.ts';
import rollingRepository from './shared/rolling-repository/rule.ts';
import rootAccountEnabled from './cloud-init/root-account-enabled/rule.ts';
import rootLoginLeft from './shared/root-login-left/rule.ts';
import rootUser from './dockerfile/root-user/rule.ts';
import rpmCacheLeft from './dockerfile/rpm-cache-left/rule.ts';
import secondRootAccount from './shared/second-root-account/rule.ts';
import secretFileCopied from './shared/secret-file-copied/rule.ts';
import secretFileReadable from './shared/secret-file-readable/rule.ts';
import secretInBuildArgument from './dockerfile/secret-in-build-argument/rule.ts';
import secretPrinted from './shared/secret-printed/rule.ts';
import secretRemovedTooLate from './dockerfile/secret-removed-too-late/rule.ts';
import secretThroughTemplate from './cloud-init/secret-through-template/rule.ts';
import secretVariableNotSensitive from './packer/secret-variable-not-sensitive/rule.ts';
import selinuxDisabled from './shared/selinux-disabled/rule.ts';
import setuidFile from './shared/setuid-file/rule.ts';
import shellFormCommand from './dockerfile/shell-form-command/rule.ts';
import shellFormHealthcheck from './dockerfile/shell-form-healthcheck/rule.ts';
import shellNotJson from './dockerfile/shell-not-json/rule.ts';
import shellRunInScratch from './dockerfile/shell-run-in-scratch/rule.ts';
import shellcheck from './shared/shellcheck/rule.ts';
import singleStageBuild from './dockerfile/single-stage-build/rule.ts';
import spaceBeforeEquals from './dockerfile/space-before-equals/rule.ts';
import sshHostKeyUnchecked from './shared/ssh-host-key-unchecked/rule.ts';
import sshPasswordLogin from './cloud-init/ssh-password-login/rule.ts';
import sshPasswordLoginLeft from './shared/ssh-password-login-left/rule.ts';
import stageByNumber from './dockerfile/stage-by-number/rule.ts';
import stageNameCasing from './dockerfile/stage-name-casing/rule.ts';
import staleBaseLabel from './dockerfile/stale-base-label/rule.ts';
import sudoInDockerfile from './dockerfile/sudo-in-dockerfile/rule.ts';
import sudoInstalled from './dockerfile/sudo-installed/rule.ts';
import sudoWithoutPassword from './cloud-init/sudo-without-password/rule.ts';
import supplementaryGroupsDropped from './dockerfile/supplementary-groups-dropped/rule.ts';
import swallowedError from './packer/swallowed-error/rule.ts';
import swallowedInstruction from './dockerfile/swallowed-instruction/rule.ts';
import swapFileLeft from './packer/swap-file-left/rule.ts';
import syntaxError from './shared/syntax-error/rule.ts';
import systemDirectory from './dockerfile/system-directory/rule.ts';
import templatePerEnvironment from './packer/template-per-environment/rule.ts';
import tlsVerificationOff from './shared/tls-verification-off/rule.ts';
import tlsVerificationOffBuilder from './packer/tls-verification-off-builder/rule.ts';
import trailingComment from './dockerfile/trailing-comment/rule.ts';
import unbuiltBase from './dockerfile/unbuilt-base/rule.ts';
import undeclaredAssignment from './packer/undeclared-assignment/rule.ts';
import undeclaredSource from './packer/undeclared-source/rule.ts';
import undeclaredVariable from './packer/undeclared-variable/rule.ts';
import undefinedFromArgument from './dockerfile/undefined-from-argument/rule.ts';
import undefinedInterface from './cloud-init/undefined-interface/rule.ts';
import undefinedVariable from './dockerfile/undefined-variable/rule.ts';
import undescribedBuild from './packer/undescribed-build/rule.ts';
import undescribedUserData from './cloud-init/undescribed-user-data/rule.ts';
import undescribedVariable from './packer/undescribed-variable/rule.ts';
import unencryptedImage from './packer/unencrypted-image/rule.ts';
import ungeneralizedCloudImage from './packer/ungeneralized-cloud-image/rule.ts';
import ungeneralizedImage from './packer/ungeneralized-image/rule.ts';
import ungracefulStopsignal from './dockerfile/ungraceful-stopsignal/rule.ts';
import unknownAttribute from './packer/unknown-attribute/rule.ts';
import unknownBlock from './packer/unknown-block/rule.ts';
import unknownFlag from './dockerfile/unknown-flag/rule.ts';
import unknownJinjaName from './cloud-init/unknown-jinja-name/rule.ts';
import unknownKey from './cloud-init/unknown-key/rule.ts';
import unknownLabel from './dockerfile/unknown-label/rule.ts';
import unknownReference from './packer/unknown-reference/rule.ts';
import unknownStage from './dockerfile/unknown-stage/rule.ts';
import unknownTag from './cloud-init/unknown-tag/rule.ts';
import unknownTemplateField from './packer/unknown-template-field/rule.ts';
import unknownTemplateFunction from './packer/unknown-template-function/rule.ts';
import unknownUser from './dockerfile/unknown-user/rule.ts';
import unknownValue from './cloud-init/unknown-value/rule.ts';
import unlockedAccount from './cloud-init/unlocked-account/rule.ts';
import unpatchedImage from './packer/unpatched-image/rule.ts';
import unpinnedApkPackage from './shared/unpinned-apk-package/rule.ts';
import unpinnedAptPackage from './shared/unpinned-apt-package/rule.ts';
import unpinnedBaseImage from './shared/unpinned-base-image/rule.ts';
import unpinnedContainerEngine from './shared/unpinned-container-engine/rule.ts';
import unpinnedGem from './shared/unpinned-gem/rule.ts';
import unpinnedGoPackage from './shared/unpinned-go-package/rule.ts';
import unpinnedNpmPackage from './shared/unpinned-npm-package/rule.ts';
import unpinnedPipPackage from './shared/unpinned-pip-package/rule.ts';
import unpinnedPlugin from './packer/unpinned-plugin/rule.ts';
import unpinnedRpmPackage from './shared/unpinned-rpm-package/rule.ts';
import unpinnedSnap from './shared/unpinned-snap/rule.ts';
import unpinnedTool from './shared/unpinned-tool/rule.ts';
import unpinnedWindowsPackage from './shared/unpinned-windows-package/rule.ts';
import unquotedPermissions from './cloud-init/unquoted-permissions/rule.ts';
import unquotedText from './cloud-init/unquoted-text/rule.ts';
import unreachableStage from './dockerfile/unreachable-stage/rule.ts';
import unreadableEncoding from './cloud-init/unreadable-encoding/rule.ts';
import unsignedPackages from './shared/unsigned-packages/rule.ts';
import unsignedRepository from './cloud-init/unsigned-repository/rule.ts';
import unsortedPackages from './dockerfile/unsorted-packages/rule.ts';
import unstableSnapChannel from './shared/unstable-snap-channel/rule.ts';
import untrustedRegistry from './dockerfile/untrusted-registry/rule.ts';
import unusedData from './packer/unused-data/rule.ts';
import unusedIgnore from './shared/unused-ignore/rule.ts';
import unusedLocal from './packer/unused-local/rule.ts';
import unusedSource from './packer/unused-source/rule.ts';
import unusedVariable from './packer/unused-variable/rule.ts';
import unverifiedAdd from './dockerfile/unverified-add/rule.ts';
import unverifiedDownload from './shared/unverified-download/rule.ts';
import uploadsCopied from './dockerfile/uploads-copied/rule.ts';
import userDataPerEnvironment from './cloud-init/user-data-per-environment/rule.ts';
import userDataTooLarge from './cloud-init/user-data-too-large/rule.ts';
import userNotNumeric from './dockerfile/user-not-numeric/rule.ts';
import useraddLongUid from './dockerfile/useradd-long-uid/rule.ts';
import usersWithoutDefault from './cloud-init/users-without-default/rule.ts';
import variableInCopyFrom from './dockerfile/variable-in-copy-from/rule.ts';
import variableOfOwnLine from './dockerfile/variable-of-own-line/rule.ts';
import vncOnAllInterfaces from './packer/vnc-on-all-interfaces/rule.ts';
import volumeThenWrite from './dockerfile/volume-then-write/rule.ts';
import weakChecksum from './shared/weak-checksum/rule.ts';
import weakCredential from './shared/weak-credential/rule.ts';
import wgetProgress from './dockerfile/wget-progress/rule.ts';
import wholeContextCopied from './dockerfile/whole-context-copied/rule.ts';
import wholeFilesystemCopied from './dockerfile/whole-filesystem-copied/rule.ts';
import windowsProtectionDisabled from './shared/windows-protection-disabled/rule.ts';
import winrmUnencrypted from './packer/winrm-unencrypted/rule.ts';
import winrmWithoutTls from './packer/winrm-without-tls/rule.ts';
import worldWritable from './shared/world-writable/rule.ts';
import writableByRuntimeUser from './dockerfile/writable-by-runtime-user/rule.ts';
import wrongArgumentCount from './dockerfile/wrong-argument-count/rule.ts';
import wrongLabelCount from './packer/wrong-label-count/rule.ts';
import wrongType from './cloud-init/wrong-type/rule.ts';

/** Every rule, by id. */
export const rules: readonly Rule[] = [
  accountWithoutPassword,
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
  archiveLeft,
  authorizedKeyLeft,
  automaticUpdatesOff,
  bakedSecret,
  baseImageWithoutDigest,
  baseVersionDrift,
  breakpointLeft,
  buildLoginLeft,
  buildToolsLeft,
  cdInsteadOfWorkdir,
  cdWithoutEffect,
  chefWithoutVerification,
  chmodAfterCopy,
  circularLocal,
  circularStage,
  clonedLiveMachine,
  cloudConfigBelowShebang,
  commandBeforePackage,
  commandNotAString,
  commandSubstitutionInValue,
  commentNotADescription,
  computedDefault,
  conflictingAttributes,
  consecutiveRuns,
  constantPlatform,
  containerEngineWithoutLiveRestore,
  containerEngineWithoutLogRotation,
  copyFromEmptyStage,
  copyFromItself,
  copyFromLaterStage,
  copyOfIgnoredFile,
  copyOutsideContext,
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
  destinationNotADirectory,
  destructiveBootcmd,
  directiveCasing,
  diskOverwritten,
  distributionAsAppBase,
  distributionUpgrade,
  dockerApiWithoutTls,
  dockerGroupLeft,
  dockerGroupMember,
  dockerSocket,
  dockerTagLatest,
  dockerfilePerEnvironment,
  duplicateDeclaration,
  duplicateKey,
  duplicateLabel,
  duplicateStageName,
  echoFileInsteadOfHeredoc,
  emptyArchivePart,
  emptyContinuation,
  emptyDefaultBase,
  emptyLabel,
  emptyPassword,
  endOfLifeBase,
  endOfLifeSoon,
  envOutsideDefault,
  environmentInImage,
  environmentInMachineImage,
  environmentNamedImage,
  environmentNotPassed,
  fileBeforeUser,
  fileHiddenByMount,
  firewallDisabled,
  fixedMachineId,
  flagWithoutSyntaxDirective,
  forbiddenOnbuild,
  fromAsCasing,
  generatedPrivateKey,
  gitHistoryCopied,
  heavyFirstBoot,
  heredocWithoutErrexit,
  hostKeysKept,
  hostPathUpload,
  hostPortMapping,
  hostnameNotApplied,
  ignoredDirective,
  imageVersionDrift,
  imageWithoutManifest,
  imageWithoutOwner,
  imageWithoutPurpose,
  imageWithoutRetirement,
  imdsV1,
  includeOverHttp,
  indentedShebang,
  initialPasswordKept,
  insecureRegistry,
  insecureRun,
  installScriptsAsRoot,
  installedAtStart,
  instructionCasing,
  invalidDynamicBlock,
  invalidFlagValue,
  invalidFunctionCall,
  invalidMergeType,
  invalidMount,
  invalidName,
  invalidOnlyReference,
  invalidPort,
  invalidRequirement,
  invalidStageName,
  invalidStopsignal,
  invalidStorage,
  invalidValidation,
  invalidVariableType,
  isoChecksumNone,
  isoChecksumUnpinned,
  isoChecksumWeak,
  isoOverHttp,
  isoUrlMutable,
  jinjaHeader,
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
  lockedPassword,
  lockfileNotEnforced,
  logRotationOff,
  loginOfDroppedUser,
  lonelyPackageUpdate,
  lostSetting,
  machineConfigInContainer,
  maintainer,
  malformedAs,
  malformedExecForm,
  malformedGroups,
  malformedHealthcheck,
  malformedImageReference,
  malformedLabelKey,
  manualFstabEntry,
  misencodedUserData,
  mislabeledPart,
  misplacedKey,
  missingAttribute,
  missingCacheMount,
  missingElement,
  missingFrom,
  missingHeader,
  missingHealthcheck,
  missingKey,
  missingLabel,
  missingMetaData,
  missingRequiredPlugins,
  missingRequiredVersion,
  missingScript,
  missingTemplateVariable,
  missingUser,
  mistypedOperand,
  mistypedValue,
  movingDefaultVersion,
  movingReference,
  movingTag,
  nearDuplicateSources,
  noSecurityUpdates,
  nodeCacheLeft,
  npmStrictSslOff,
  omittedModule,
  oneTimeBootcmd,
  openBuildSecurityGroup,
  openService,
  outdatedTls,
  outputNameFixed,
  outputOverwritten,
  overriddenInstruction,
  packageInstallPrompts,
  packagesBeforeCloudInit,
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
  privilegedContainer,
  publicImage,
  publishedDatabasePort,
  rebootInCommands,
  redirectToHttp,
  redundantTargetPlatform,
  relativeDestination,
  relativeFilePath,
  relativeWorkdir,
  remoteAccessPort,
  remoteDesktopEnabled,
  removedInLaterLayer,
  replacedSetting,
  repositoryWithoutKey,
  reservedStageName,
  rollingRepository,
  rootAccountEnabled,
  rootLoginLeft,
  rootUser,
  rpmCacheLeft,
  secondRootAccount,
  secretFileCopied,
  secretFileReadable,
  secretInBuildArgument,
  secretPrinted,
  secretRemovedTooLate,
  secretThroughTemplate,
  secretVariableNotSensitive,
  selinuxDisabled,
  setuidFile,
  shellFormCommand,
  shellFormHealthcheck,
  shellNotJson,
  shellRunInScratch,
  shellcheck,
  singleStageBuild,
  spaceBeforeEquals,
  sshHostKeyUnchecked,
  sshPasswordLogin,
  sshPasswordLoginLeft,
  stageByNumber,
  stageNameCasing,
  staleBaseLabel,
  sudoInDockerfile,
  sudoInstalled,
  sudoWithoutPassword,
  supplementaryGroupsDropped,
  swallowedError,
  swallowedInstruction,
  swapFileLeft,
  syntaxError,
  systemDirectory,
  templatePerEnvironment,
  tlsVerificationOff,
  tlsVerificationOffBuilder,
  trailingComment,
  unbuiltBase,
  undeclaredAssignment,
  undeclaredSource,
  undeclaredVariable,
  undefinedFromArgument,
  undefinedInterface,
  undefinedVariable,
  undescribedBuild,
  undescribedUserData,
  undescribedVariable,
  unencryptedImage,
  ungeneralizedCloudImage,
  ungeneralizedImage,
  ungracefulStopsignal,
  unknownAttribute,
  unknownBlock,
  unknownFlag,
  unknownJinjaName,
  unknownKey,
  unknownLabel,
  unknownReference,
  unknownStage,
  unknownTag,
  unknownTemplateField,
  unknownTemplateFunction,
  unknownUser,
  unknownValue,
  unlockedAccount,
  unpatchedImage,
  unpinnedApkPackage,
  unpinnedAptPackage,
  unpinnedBaseImage,
  unpinnedContainerEngine,
  unpinnedGem,
  unpinnedGoPackage,
  unpinnedNpmPackage,
  unpinnedPipPackage,
  unpinnedPlugin,
  unpinnedRpmPackage,
  unpinnedSnap,
  unpinnedTool,
  unpinnedWindowsPackage,
  unquotedPermissions,
  unquotedText,
  unreachableStage,
  unreadableEncoding,
  unsignedPackages,
  unsignedRepository,
  unsortedPackages,
  unstableSnapChannel,
  untrustedRegistry,
  unusedData,
  unusedIgnore,
  unusedLocal,
  unusedSource,
  unusedVariable,
  unverifiedAdd,
  unverifiedDownload,
  uploadsCopied,
  userDataPerEnvironment,
  userDataTooLarge,
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
  windowsProtectionDisabled,
  winrmUnencrypted,
  winrmWithoutTls,
  worldWritable,
  writableByRuntimeUser,
  wrongArgumentCount,
  wrongLabelCount,
  wrongType,
];

/** The rules whose page shows a fix. */
export const fixable: ReadonlySet<string> = new Set([
  'account-without-password',
  'add-instead-of-copy',
  'apk-build-deps-not-virtual',
  'apk-cache-left',
  'apt-instead-of-apt-get',
  'apt-lists-left',
  'apt-recommends',
  'baked-secret',
  'base-version-drift',
  'breakpoint-left',
  'build-login-left',
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
  'destination-not-a-directory',
  'directive-casing',
  'duplicate-key',
  'duplicate-label',
  'echo-file-instead-of-heredoc',
  'empty-continuation',
  'empty-password',
  'end-of-life-base',
  'end-of-life-soon',
  'file-before-user',
  'file-hidden-by-mount',
  'flag-without-syntax-directive',
  'from-as-casing',
  'heredoc-without-errexit',
  'host-keys-kept',
  'host-port-mapping',
  'hostname-not-applied',
  'ignored-directive',
  'image-without-manifest',
  'image-without-owner',
  'image-without-retirement',
  'imds-v1',
  'indented-shebang',
  'insecure-run',
  'install-scripts-as-root',
  'instruction-casing',
  'invalid-flag-value',
  'invalid-function-call',
  'invalid-mount',
  'invalid-only-reference',
  'invalid-port',
  'invalid-requirement',
  'invalid-stage-name',
  'invalid-stopsignal',
  'invalid-storage',
  'invalid-validation',
  'invalid-variable-type',
  'iso-checksum-none',
  'iso-over-http',
  'iso-url-mutable',
  'jinja-header',
  'jinja-without-header',
  'label-not-date',
  'label-not-email',
  'label-not-spdx',
  'label-not-url',
  'latest-tag',
  'legacy-key-value',
  'linux-only-flag',
  'locked-password',
  'lonely-package-update',
  'maintainer',
  'malformed-as',
  'malformed-exec-form',
  'malformed-groups',
  'malformed-healthcheck',
  'malformed-image-reference',
  'misplaced-key',
  'missing-attribute',
  'missing-cache-mount',
  'missing-element',
  'missing-header',
  'missing-key',
  'missing-required-plugins',
  'missing-required-version',
  'mistyped-value',
  'no-security-updates',
  'node-cache-left',
  'open-build-security-group',
  'outdated-tls',
  'output-name-fixed',
  'output-overwritten',
  'overridden-instruction',
  'package-install-prompts',
  'packages-before-cloud-init',
  'passwordless-sudo',
  'pip-cache-left',
  'pip-trusted-host',
  'pipe-to-shell',
  'pipe-without-pipefail',
  'plain-http-download',
  'plain-password',
  'port-protocol-casing',
  'public-image',
  'redirect-to-http',
  'redundant-target-platform',
  'relative-file-path',
  'relative-workdir',
  'reserved-stage-name',
  'root-account-enabled',
  'root-user',
  'rpm-cache-left',
  'secret-file-copied',
  'secret-in-build-argument',
  'secret-printed',
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
  'undefined-interface',
  'undefined-variable',
  'unencrypted-image',
  'ungeneralized-image',
  'ungraceful-stopsignal',
  'unknown-attribute',
  'unknown-block',
  'unknown-flag',
  'unknown-key',
  'unknown-label',
  'unknown-reference',
  'unknown-stage',
  'unknown-value',
  'unlocked-account',
  'unpinned-base-image',
  'unpinned-plugin',
  'unquoted-permissions',
  'unquoted-text',
  'unsigned-packages',
  'unsorted-packages',
  'unused-data',
  'unused-local',
  'unused-source',
  'unused-variable',
  'unverified-download',
  'user-not-numeric',
  'useradd-long-uid',
  'variable-of-own-line',
  'vnc-on-all-interfaces',
  'weak-credential',
  'wget-progress',
  'world-writable',
  'wrong-type',
]);
