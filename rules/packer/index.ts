// Generated from the directories beside this file by `npm run dev -- generate`.
import type { Rule } from '../../core/rule.ts';
import appCodeInMachineImage from './app-code-in-machine-image/rule.ts';
import appImagePrepulled from './app-image-prepulled/rule.ts';
import archiveLeft from './archive-left/rule.ts';
import authorizedKeyLeft from './authorized-key-left/rule.ts';
import breakpointLeft from './breakpoint-left/rule.ts';
import buildLoginLeft from './build-login-left/rule.ts';
import circularLocal from './circular-local/rule.ts';
import clonedLiveMachine from './cloned-live-machine/rule.ts';
import computedDefault from './computed-default/rule.ts';
import conflictingAttributes from './conflicting-attributes/rule.ts';
import databaseInMachineImage from './database-in-machine-image/rule.ts';
import deprecatedSyntax from './deprecated-syntax/rule.ts';
import dockerTagLatest from './docker-tag-latest/rule.ts';
import duplicateDeclaration from './duplicate-declaration/rule.ts';
import envOutsideDefault from './env-outside-default/rule.ts';
import environmentInMachineImage from './environment-in-machine-image/rule.ts';
import environmentNamedImage from './environment-named-image/rule.ts';
import environmentNotPassed from './environment-not-passed/rule.ts';
import hostPathUpload from './host-path-upload/rule.ts';
import imageWithoutManifest from './image-without-manifest/rule.ts';
import imageWithoutOwner from './image-without-owner/rule.ts';
import imageWithoutPurpose from './image-without-purpose/rule.ts';
import imageWithoutRetirement from './image-without-retirement/rule.ts';
import imdsV1 from './imds-v1/rule.ts';
import invalidDynamicBlock from './invalid-dynamic-block/rule.ts';
import invalidFunctionCall from './invalid-function-call/rule.ts';
import invalidName from './invalid-name/rule.ts';
import invalidOnlyReference from './invalid-only-reference/rule.ts';
import invalidRequirement from './invalid-requirement/rule.ts';
import invalidValidation from './invalid-validation/rule.ts';
import invalidVariableType from './invalid-variable-type/rule.ts';
import isoChecksumNone from './iso-checksum-none/rule.ts';
import isoChecksumUnpinned from './iso-checksum-unpinned/rule.ts';
import isoChecksumWeak from './iso-checksum-weak/rule.ts';
import isoOverHttp from './iso-over-http/rule.ts';
import isoUrlMutable from './iso-url-mutable/rule.ts';
import legacyJsonTemplate from './legacy-json-template/rule.ts';
import missingAttribute from './missing-attribute/rule.ts';
import missingElement from './missing-element/rule.ts';
import missingRequiredPlugins from './missing-required-plugins/rule.ts';
import missingRequiredVersion from './missing-required-version/rule.ts';
import missingScript from './missing-script/rule.ts';
import missingTemplateVariable from './missing-template-variable/rule.ts';
import mistypedOperand from './mistyped-operand/rule.ts';
import mistypedValue from './mistyped-value/rule.ts';
import nearDuplicateSources from './near-duplicate-sources/rule.ts';
import openBuildSecurityGroup from './open-build-security-group/rule.ts';
import outputNameFixed from './output-name-fixed/rule.ts';
import outputOverwritten from './output-overwritten/rule.ts';
import packagesBeforeCloudInit from './packages-before-cloud-init/rule.ts';
import privilegedBuild from './privileged-build/rule.ts';
import publicImage from './public-image/rule.ts';
import remoteDesktopEnabled from './remote-desktop-enabled/rule.ts';
import secretVariableNotSensitive from './secret-variable-not-sensitive/rule.ts';
import swallowedError from './swallowed-error/rule.ts';
import swapFileLeft from './swap-file-left/rule.ts';
import templatePerEnvironment from './template-per-environment/rule.ts';
import tlsVerificationOffBuilder from './tls-verification-off-builder/rule.ts';
import undeclaredAssignment from './undeclared-assignment/rule.ts';
import undeclaredSource from './undeclared-source/rule.ts';
import undeclaredVariable from './undeclared-variable/rule.ts';
import undescribedBuild from './undescribed-build/rule.ts';
import undescribedVariable from './undescribed-variable/rule.ts';
import unencryptedImage from './unencrypted-image/rule.ts';
import ungeneralizedCloudImage from './ungeneralized-cloud-image/rule.ts';
import ungeneralizedImage from './ungeneralized-image/rule.ts';
import unknownAttribute from './unknown-attribute/rule.ts';
import unknownBlock from './unknown-block/rule.ts';
import unknownReference from './unknown-reference/rule.ts';
import unknownTemplateField from './unknown-template-field/rule.ts';
import unknownTemplateFunction from './unknown-template-function/rule.ts';
import unpatchedImage from './unpatched-image/rule.ts';
import unpinnedPlugin from './unpinned-plugin/rule.ts';
import unusedData from './unused-data/rule.ts';
import unusedLocal from './unused-local/rule.ts';
import unusedSource from './unused-source/rule.ts';
import unusedVariable from './unused-variable/rule.ts';
import vncOnAllInterfaces from './vnc-on-all-interfaces/rule.ts';
import winrmUnencrypted from './winrm-unencrypted/rule.ts';
import winrmWithoutTls from './winrm-without-tls/rule.ts';
import wrongLabelCount from './wrong-label-count/rule.ts';

const rules: readonly Rule[] = [
  appCodeInMachineImage,
  appImagePrepulled,
  archiveLeft,
  authorizedKeyLeft,
  breakpointLeft,
  buildLoginLeft,
  circularLocal,
  clonedLiveMachine,
  computedDefault,
  conflictingAttributes,
  databaseInMachineImage,
  deprecatedSyntax,
  dockerTagLatest,
  duplicateDeclaration,
  envOutsideDefault,
  environmentInMachineImage,
  environmentNamedImage,
  environmentNotPassed,
  hostPathUpload,
  imageWithoutManifest,
  imageWithoutOwner,
  imageWithoutPurpose,
  imageWithoutRetirement,
  imdsV1,
  invalidDynamicBlock,
  invalidFunctionCall,
  invalidName,
  invalidOnlyReference,
  invalidRequirement,
  invalidValidation,
  invalidVariableType,
  isoChecksumNone,
  isoChecksumUnpinned,
  isoChecksumWeak,
  isoOverHttp,
  isoUrlMutable,
  legacyJsonTemplate,
  missingAttribute,
  missingElement,
  missingRequiredPlugins,
  missingRequiredVersion,
  missingScript,
  missingTemplateVariable,
  mistypedOperand,
  mistypedValue,
  nearDuplicateSources,
  openBuildSecurityGroup,
  outputNameFixed,
  outputOverwritten,
  packagesBeforeCloudInit,
  privilegedBuild,
  publicImage,
  remoteDesktopEnabled,
  secretVariableNotSensitive,
  swallowedError,
  swapFileLeft,
  templatePerEnvironment,
  tlsVerificationOffBuilder,
  undeclaredAssignment,
  undeclaredSource,
  undeclaredVariable,
  undescribedBuild,
  undescribedVariable,
  unencryptedImage,
  ungeneralizedCloudImage,
  ungeneralizedImage,
  unknownAttribute,
  unknownBlock,
  unknownReference,
  unknownTemplateField,
  unknownTemplateFunction,
  unpatchedImage,
  unpinnedPlugin,
  unusedData,
  unusedLocal,
  unusedSource,
  unusedVariable,
  vncOnAllInterfaces,
  winrmUnencrypted,
  winrmWithoutTls,
  wrongLabelCount,
];
export default rules;
