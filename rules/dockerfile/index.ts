// Generated from the directories beside this file by `npm run dev -- generate`.
import type { Rule } from '../../core/rule.ts';
import addInsteadOfCopy from './add-instead-of-copy/rule.ts';
import apkBuildDepsNotVirtual from './apk-build-deps-not-virtual/rule.ts';
import apkCacheLeft from './apk-cache-left/rule.ts';
import aptListsLeft from './apt-lists-left/rule.ts';
import archiveCopiedThenExtracted from './archive-copied-then-extracted/rule.ts';
import baseImageWithoutDigest from './base-image-without-digest/rule.ts';
import baseVersionDrift from './base-version-drift/rule.ts';
import buildToolsLeft from './build-tools-left/rule.ts';
import cdInsteadOfWorkdir from './cd-instead-of-workdir/rule.ts';
import cdWithoutEffect from './cd-without-effect/rule.ts';
import chmodAfterCopy from './chmod-after-copy/rule.ts';
import circularStage from './circular-stage/rule.ts';
import commandSubstitutionInValue from './command-substitution-in-value/rule.ts';
import commentNotADescription from './comment-not-a-description/rule.ts';
import consecutiveRuns from './consecutive-runs/rule.ts';
import constantPlatform from './constant-platform/rule.ts';
import copyFromEmptyStage from './copy-from-empty-stage/rule.ts';
import copyFromItself from './copy-from-itself/rule.ts';
import copyFromLaterStage from './copy-from-later-stage/rule.ts';
import copyOfIgnoredFile from './copy-of-ignored-file/rule.ts';
import copyOutsideContext from './copy-outside-context/rule.ts';
import createdUserUnused from './created-user-unused/rule.ts';
import curlAndWget from './curl-and-wget/rule.ts';
import databaseCopied from './database-copied/rule.ts';
import debugSettings from './debug-settings/rule.ts';
import defaultShellReplaced from './default-shell-replaced/rule.ts';
import dependenciesAfterSource from './dependencies-after-source/rule.ts';
import desktopInContainer from './desktop-in-container/rule.ts';
import destinationNotADirectory from './destination-not-a-directory/rule.ts';
import directiveCasing from './directive-casing/rule.ts';
import distributionAsAppBase from './distribution-as-app-base/rule.ts';
import distributionUpgrade from './distribution-upgrade/rule.ts';
import dockerSocket from './docker-socket/rule.ts';
import dockerfilePerEnvironment from './dockerfile-per-environment/rule.ts';
import duplicateLabel from './duplicate-label/rule.ts';
import duplicateStageName from './duplicate-stage-name/rule.ts';
import echoFileInsteadOfHeredoc from './echo-file-instead-of-heredoc/rule.ts';
import emptyContinuation from './empty-continuation/rule.ts';
import emptyDefaultBase from './empty-default-base/rule.ts';
import emptyLabel from './empty-label/rule.ts';
import environmentInImage from './environment-in-image/rule.ts';
import flagWithoutSyntaxDirective from './flag-without-syntax-directive/rule.ts';
import forbiddenOnbuild from './forbidden-onbuild/rule.ts';
import fromAsCasing from './from-as-casing/rule.ts';
import gitHistoryCopied from './git-history-copied/rule.ts';
import heredocWithoutErrexit from './heredoc-without-errexit/rule.ts';
import hostPortMapping from './host-port-mapping/rule.ts';
import ignoredDirective from './ignored-directive/rule.ts';
import imageVersionDrift from './image-version-drift/rule.ts';
import insecureRun from './insecure-run/rule.ts';
import installScriptsAsRoot from './install-scripts-as-root/rule.ts';
import installedAtStart from './installed-at-start/rule.ts';
import instructionCasing from './instruction-casing/rule.ts';
import invalidFlagValue from './invalid-flag-value/rule.ts';
import invalidMount from './invalid-mount/rule.ts';
import invalidPort from './invalid-port/rule.ts';
import invalidStageName from './invalid-stage-name/rule.ts';
import invalidStopsignal from './invalid-stopsignal/rule.ts';
import labelNotDate from './label-not-date/rule.ts';
import labelNotEmail from './label-not-email/rule.ts';
import labelNotRevision from './label-not-revision/rule.ts';
import labelNotSpdx from './label-not-spdx/rule.ts';
import labelNotUrl from './label-not-url/rule.ts';
import labelNotVersion from './label-not-version/rule.ts';
import legacyKeyValue from './legacy-key-value/rule.ts';
import linuxOnlyFlag from './linux-only-flag/rule.ts';
import lockfileNotEnforced from './lockfile-not-enforced/rule.ts';
import lonelyPackageUpdate from './lonely-package-update/rule.ts';
import machineConfigInContainer from './machine-config-in-container/rule.ts';
import maintainer from './maintainer/rule.ts';
import malformedAs from './malformed-as/rule.ts';
import malformedExecForm from './malformed-exec-form/rule.ts';
import malformedHealthcheck from './malformed-healthcheck/rule.ts';
import malformedImageReference from './malformed-image-reference/rule.ts';
import malformedLabelKey from './malformed-label-key/rule.ts';
import missingCacheMount from './missing-cache-mount/rule.ts';
import missingFrom from './missing-from/rule.ts';
import missingHealthcheck from './missing-healthcheck/rule.ts';
import missingLabel from './missing-label/rule.ts';
import missingUser from './missing-user/rule.ts';
import movingDefaultVersion from './moving-default-version/rule.ts';
import nodeCacheLeft from './node-cache-left/rule.ts';
import overriddenInstruction from './overridden-instruction/rule.ts';
import pipCacheLeft from './pip-cache-left/rule.ts';
import pipeWithoutPipefail from './pipe-without-pipefail/rule.ts';
import pointlessCommand from './pointless-command/rule.ts';
import portProtocolCasing from './port-protocol-casing/rule.ts';
import redundantTargetPlatform from './redundant-target-platform/rule.ts';
import relativeDestination from './relative-destination/rule.ts';
import relativeWorkdir from './relative-workdir/rule.ts';
import remoteAccessPort from './remote-access-port/rule.ts';
import removedInLaterLayer from './removed-in-later-layer/rule.ts';
import reservedStageName from './reserved-stage-name/rule.ts';
import rootUser from './root-user/rule.ts';
import rpmCacheLeft from './rpm-cache-left/rule.ts';
import secretInBuildArgument from './secret-in-build-argument/rule.ts';
import secretRemovedTooLate from './secret-removed-too-late/rule.ts';
import shellFormCommand from './shell-form-command/rule.ts';
import shellFormHealthcheck from './shell-form-healthcheck/rule.ts';
import shellNotJson from './shell-not-json/rule.ts';
import shellRunInScratch from './shell-run-in-scratch/rule.ts';
import singleStageBuild from './single-stage-build/rule.ts';
import spaceBeforeEquals from './space-before-equals/rule.ts';
import stageByNumber from './stage-by-number/rule.ts';
import stageNameCasing from './stage-name-casing/rule.ts';
import staleBaseLabel from './stale-base-label/rule.ts';
import sudoInDockerfile from './sudo-in-dockerfile/rule.ts';
import sudoInstalled from './sudo-installed/rule.ts';
import supplementaryGroupsDropped from './supplementary-groups-dropped/rule.ts';
import swallowedInstruction from './swallowed-instruction/rule.ts';
import systemDirectory from './system-directory/rule.ts';
import trailingComment from './trailing-comment/rule.ts';
import unbuiltBase from './unbuilt-base/rule.ts';
import undefinedFromArgument from './undefined-from-argument/rule.ts';
import undefinedVariable from './undefined-variable/rule.ts';
import ungracefulStopsignal from './ungraceful-stopsignal/rule.ts';
import unknownFlag from './unknown-flag/rule.ts';
import unknownLabel from './unknown-label/rule.ts';
import unknownStage from './unknown-stage/rule.ts';
import unknownUser from './unknown-user/rule.ts';
import unreachableStage from './unreachable-stage/rule.ts';
import unsortedPackages from './unsorted-packages/rule.ts';
import untrustedRegistry from './untrusted-registry/rule.ts';
import unverifiedAdd from './unverified-add/rule.ts';
import uploadsCopied from './uploads-copied/rule.ts';
import userNotNumeric from './user-not-numeric/rule.ts';
import useraddLongUid from './useradd-long-uid/rule.ts';
import variableInCopyFrom from './variable-in-copy-from/rule.ts';
import variableOfOwnLine from './variable-of-own-line/rule.ts';
import volumeThenWrite from './volume-then-write/rule.ts';
import wgetProgress from './wget-progress/rule.ts';
import wholeContextCopied from './whole-context-copied/rule.ts';
import wholeFilesystemCopied from './whole-filesystem-copied/rule.ts';
import writableByRuntimeUser from './writable-by-runtime-user/rule.ts';
import wrongArgumentCount from './wrong-argument-count/rule.ts';

const rules: readonly Rule[] = [
  addInsteadOfCopy,
  apkBuildDepsNotVirtual,
  apkCacheLeft,
  aptListsLeft,
  archiveCopiedThenExtracted,
  baseImageWithoutDigest,
  baseVersionDrift,
  buildToolsLeft,
  cdInsteadOfWorkdir,
  cdWithoutEffect,
  chmodAfterCopy,
  circularStage,
  commandSubstitutionInValue,
  commentNotADescription,
  consecutiveRuns,
  constantPlatform,
  copyFromEmptyStage,
  copyFromItself,
  copyFromLaterStage,
  copyOfIgnoredFile,
  copyOutsideContext,
  createdUserUnused,
  curlAndWget,
  databaseCopied,
  debugSettings,
  defaultShellReplaced,
  dependenciesAfterSource,
  desktopInContainer,
  destinationNotADirectory,
  directiveCasing,
  distributionAsAppBase,
  distributionUpgrade,
  dockerSocket,
  dockerfilePerEnvironment,
  duplicateLabel,
  duplicateStageName,
  echoFileInsteadOfHeredoc,
  emptyContinuation,
  emptyDefaultBase,
  emptyLabel,
  environmentInImage,
  flagWithoutSyntaxDirective,
  forbiddenOnbuild,
  fromAsCasing,
  gitHistoryCopied,
  heredocWithoutErrexit,
  hostPortMapping,
  ignoredDirective,
  imageVersionDrift,
  insecureRun,
  installScriptsAsRoot,
  installedAtStart,
  instructionCasing,
  invalidFlagValue,
  invalidMount,
  invalidPort,
  invalidStageName,
  invalidStopsignal,
  labelNotDate,
  labelNotEmail,
  labelNotRevision,
  labelNotSpdx,
  labelNotUrl,
  labelNotVersion,
  legacyKeyValue,
  linuxOnlyFlag,
  lockfileNotEnforced,
  lonelyPackageUpdate,
  machineConfigInContainer,
  maintainer,
  malformedAs,
  malformedExecForm,
  malformedHealthcheck,
  malformedImageReference,
  malformedLabelKey,
  missingCacheMount,
  missingFrom,
  missingHealthcheck,
  missingLabel,
  missingUser,
  movingDefaultVersion,
  nodeCacheLeft,
  overriddenInstruction,
  pipCacheLeft,
  pipeWithoutPipefail,
  pointlessCommand,
  portProtocolCasing,
  redundantTargetPlatform,
  relativeDestination,
  relativeWorkdir,
  remoteAccessPort,
  removedInLaterLayer,
  reservedStageName,
  rootUser,
  rpmCacheLeft,
  secretInBuildArgument,
  secretRemovedTooLate,
  shellFormCommand,
  shellFormHealthcheck,
  shellNotJson,
  shellRunInScratch,
  singleStageBuild,
  spaceBeforeEquals,
  stageByNumber,
  stageNameCasing,
  staleBaseLabel,
  sudoInDockerfile,
  sudoInstalled,
  supplementaryGroupsDropped,
  swallowedInstruction,
  systemDirectory,
  trailingComment,
  unbuiltBase,
  undefinedFromArgument,
  undefinedVariable,
  ungracefulStopsignal,
  unknownFlag,
  unknownLabel,
  unknownStage,
  unknownUser,
  unreachableStage,
  unsortedPackages,
  untrustedRegistry,
  unverifiedAdd,
  uploadsCopied,
  userNotNumeric,
  useraddLongUid,
  variableInCopyFrom,
  variableOfOwnLine,
  volumeThenWrite,
  wgetProgress,
  wholeContextCopied,
  wholeFilesystemCopied,
  writableByRuntimeUser,
  wrongArgumentCount,
];
export default rules;
