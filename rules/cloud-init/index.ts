// Generated from the directories beside this file by `npm run dev -- generate`.
import type { Rule } from '../../core/rule.ts';
import accountWithoutPassword from './account-without-password/rule.ts';
import appBuiltAtBoot from './app-built-at-boot/rule.ts';
import chefWithoutVerification from './chef-without-verification/rule.ts';
import cloudConfigBelowShebang from './cloud-config-below-shebang/rule.ts';
import commandBeforePackage from './command-before-package/rule.ts';
import commandNotAString from './command-not-a-string/rule.ts';
import dataOnRootDisk from './data-on-root-disk/rule.ts';
import deprecatedKey from './deprecated-key/rule.ts';
import deprecatedValue from './deprecated-value/rule.ts';
import destructiveBootcmd from './destructive-bootcmd/rule.ts';
import diskOverwritten from './disk-overwritten/rule.ts';
import dockerGroupMember from './docker-group-member/rule.ts';
import duplicateKey from './duplicate-key/rule.ts';
import emptyArchivePart from './empty-archive-part/rule.ts';
import fileBeforeUser from './file-before-user/rule.ts';
import fileHiddenByMount from './file-hidden-by-mount/rule.ts';
import heavyFirstBoot from './heavy-first-boot/rule.ts';
import hostKeysKept from './host-keys-kept/rule.ts';
import hostnameNotApplied from './hostname-not-applied/rule.ts';
import includeOverHttp from './include-over-http/rule.ts';
import indentedShebang from './indented-shebang/rule.ts';
import initialPasswordKept from './initial-password-kept/rule.ts';
import invalidMergeType from './invalid-merge-type/rule.ts';
import invalidStorage from './invalid-storage/rule.ts';
import jinjaHeader from './jinja-header/rule.ts';
import jinjaWithoutHeader from './jinja-without-header/rule.ts';
import keyTooNew from './key-too-new/rule.ts';
import lockedPassword from './locked-password/rule.ts';
import loginOfDroppedUser from './login-of-dropped-user/rule.ts';
import lostSetting from './lost-setting/rule.ts';
import malformedGroups from './malformed-groups/rule.ts';
import manualFstabEntry from './manual-fstab-entry/rule.ts';
import misencodedUserData from './misencoded-user-data/rule.ts';
import mislabeledPart from './mislabeled-part/rule.ts';
import misplacedKey from './misplaced-key/rule.ts';
import missingHeader from './missing-header/rule.ts';
import missingKey from './missing-key/rule.ts';
import missingMetaData from './missing-meta-data/rule.ts';
import noSecurityUpdates from './no-security-updates/rule.ts';
import omittedModule from './omitted-module/rule.ts';
import oneTimeBootcmd from './one-time-bootcmd/rule.ts';
import passwordlessSudo from './passwordless-sudo/rule.ts';
import phoneHomeOverHttp from './phone-home-over-http/rule.ts';
import plainPassword from './plain-password/rule.ts';
import powerStateWithoutCondition from './power-state-without-condition/rule.ts';
import rebootInCommands from './reboot-in-commands/rule.ts';
import relativeFilePath from './relative-file-path/rule.ts';
import replacedSetting from './replaced-setting/rule.ts';
import repositoryWithoutKey from './repository-without-key/rule.ts';
import rootAccountEnabled from './root-account-enabled/rule.ts';
import secretThroughTemplate from './secret-through-template/rule.ts';
import sshPasswordLogin from './ssh-password-login/rule.ts';
import sudoWithoutPassword from './sudo-without-password/rule.ts';
import undefinedInterface from './undefined-interface/rule.ts';
import undescribedUserData from './undescribed-user-data/rule.ts';
import unknownJinjaName from './unknown-jinja-name/rule.ts';
import unknownKey from './unknown-key/rule.ts';
import unknownTag from './unknown-tag/rule.ts';
import unknownValue from './unknown-value/rule.ts';
import unlockedAccount from './unlocked-account/rule.ts';
import unquotedPermissions from './unquoted-permissions/rule.ts';
import unquotedText from './unquoted-text/rule.ts';
import unreadableEncoding from './unreadable-encoding/rule.ts';
import unsignedRepository from './unsigned-repository/rule.ts';
import userDataPerEnvironment from './user-data-per-environment/rule.ts';
import userDataTooLarge from './user-data-too-large/rule.ts';
import usersWithoutDefault from './users-without-default/rule.ts';
import wrongType from './wrong-type/rule.ts';

const rules: readonly Rule[] = [
  accountWithoutPassword,
  appBuiltAtBoot,
  chefWithoutVerification,
  cloudConfigBelowShebang,
  commandBeforePackage,
  commandNotAString,
  dataOnRootDisk,
  deprecatedKey,
  deprecatedValue,
  destructiveBootcmd,
  diskOverwritten,
  dockerGroupMember,
  duplicateKey,
  emptyArchivePart,
  fileBeforeUser,
  fileHiddenByMount,
  heavyFirstBoot,
  hostKeysKept,
  hostnameNotApplied,
  includeOverHttp,
  indentedShebang,
  initialPasswordKept,
  invalidMergeType,
  invalidStorage,
  jinjaHeader,
  jinjaWithoutHeader,
  keyTooNew,
  lockedPassword,
  loginOfDroppedUser,
  lostSetting,
  malformedGroups,
  manualFstabEntry,
  misencodedUserData,
  mislabeledPart,
  misplacedKey,
  missingHeader,
  missingKey,
  missingMetaData,
  noSecurityUpdates,
  omittedModule,
  oneTimeBootcmd,
  passwordlessSudo,
  phoneHomeOverHttp,
  plainPassword,
  powerStateWithoutCondition,
  rebootInCommands,
  relativeFilePath,
  replacedSetting,
  repositoryWithoutKey,
  rootAccountEnabled,
  secretThroughTemplate,
  sshPasswordLogin,
  sudoWithoutPassword,
  undefinedInterface,
  undescribedUserData,
  unknownJinjaName,
  unknownKey,
  unknownTag,
  unknownValue,
  unlockedAccount,
  unquotedPermissions,
  unquotedText,
  unreadableEncoding,
  unsignedRepository,
  userDataPerEnvironment,
  userDataTooLarge,
  usersWithoutDefault,
  wrongType,
];
export default rules;
