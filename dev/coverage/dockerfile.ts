/**
 * The concerns that linters of Dockerfiles have, with the names that each of them gives to a concern (read from their
 * documentation in 2026). `docs/coverage.md` is made from this and from the aliases of our rules: a concern is covered
 * by the rules whose aliases name it, or by those listed in `rules`; where we have none, `why` says so.
 */
export interface Concern {
  readonly section: string;
  readonly concern: string;
  /** `tool:name`, as in the aliases of rules. */
  readonly ids: readonly string[];
  /** Rules that cover it without an alias of their own (a builder's plain error has no name). */
  readonly rules?: readonly string[];
  /** Why no rule covers it. */
  readonly why?: string;
}

export const SECTIONS: Readonly<Record<string, string>> = {
  A: 'Base images and stages',
  B: 'Syntax and structure',
  C: 'Variables',
  D: 'Files',
  E: 'Package managers',
  F: 'Commands',
  G: 'Run time',
  H: 'Secrets',
  I: 'Labels',
};

const names = (list: string): readonly string[] => list.split(' ');

export const CONCERNS: readonly Concern[] = [
  {
    section: 'A',
    concern: 'Base image has no tag and no digest',
    ids: names(
      'hadolint:DL3006 tally:hadolint/DL3006 trivy:DS-0001 checkov:CKV_DOCKER_7 kics:image_version_not_explicit semgrep:missing-image-version sonar:S6596 dockerfilelint:missing_tag',
    ),
  },
  {
    section: 'A',
    concern: 'Base image uses `latest`',
    ids: names(
      'hadolint:DL3007 tally:hadolint/DL3007 trivy:DS-0001 checkov:CKV_DOCKER_7 kics:image_version_using_latest semgrep:avoid-latest-version sonar:S6596 dockle:DKL-DI-0006 dockerfilelint:latest_tag',
    ),
  },
  {
    section: 'A',
    concern: 'Base image not pinned by digest',
    ids: names('semgrep:dockerfile-source-not-pinned sonar:S7023 docker-scout:not_pinned_digest'),
  },
  {
    section: 'A',
    concern: 'Tag and digest both given',
    ids: names('sonar:S8431'),
    why: 'A tag and a digest together are recommended',
  },
  {
    section: 'A',
    concern: 'Registry not in an allow-list (FROM, COPY --from, RUN --mount from)',
    ids: names('hadolint:DL3026 tally:hadolint/DL3026 dockle:CIS-DI-0002'),
  },
  {
    section: 'A',
    concern: 'Image signature/content-trust required',
    ids: names('dockle:CIS-DI-0005 dockle:CIS-DI-0002'),
    why: 'Configured in the registry and the engine, not in the file',
  },
  {
    section: 'A',
    concern: 'Stage name used twice',
    ids: names(
      'hadolint:DL3024 buildkit:DuplicateStageName tally:buildkit/DuplicateStageName trivy:DS-0012 checkov:CKV_DOCKER_11 kics:same_alias_in_different_froms semgrep:alias-must-be-unique dockerfile-utils:DUPLICATE_BUILD_STAGE_NAME',
    ),
  },
  {
    section: 'A',
    concern: 'Stage name is a reserved word (`scratch`, `context`)',
    ids: names('hadolint:DL3063 tally:hadolint/DL3063 buildkit:ReservedStageName tally:buildkit/ReservedStageName'),
  },
  {
    section: 'A',
    concern: 'Stage name not lower case',
    ids: names('buildkit:StageNameCasing tally:buildkit/StageNameCasing'),
  },
  {
    section: 'A',
    concern: 'Stage name syntactically invalid',
    ids: names('dockerfile-utils:INVALID_BUILD_STAGE_NAME'),
  },
  {
    section: 'A',
    concern: '`as` casing differs from `FROM`',
    ids: names('buildkit:FromAsCasing tally:buildkit/FromAsCasing'),
  },
  { section: 'A', concern: '`AS` keyword malformed', ids: names('dockerfile-utils:INVALID_AS') },
  {
    section: 'A',
    concern: 'Constant value in `FROM --platform`',
    ids: names(
      'buildkit:FromPlatformFlagConstDisallowed hadolint:DL3029 tally:hadolint/DL3029 tally:buildkit/FromPlatformFlagConstDisallowed kics:using_platform_with_from semgrep:avoid-platform-with-from',
    ),
  },
  {
    section: 'A',
    concern: '`--platform=$TARGETPLATFORM` is the default',
    ids: names('buildkit:RedundantTargetPlatform hadolint:DL3065 tally:buildkit/RedundantTargetPlatform'),
  },
  {
    section: 'A',
    concern: 'Registry image does not match requested platform',
    ids: names('buildkit:InvalidBaseImagePlatform tally:buildkit/InvalidBaseImagePlatform tally:platform-mismatch'),
    why: 'Only the registry knows the platforms of an image',
  },
  {
    section: 'A',
    concern: 'FROM uses an ARG not declared before first FROM',
    ids: names(
      'buildkit:UndefinedArgInFrom tally:buildkit/UndefinedArgInFrom dockerfile-utils:BASE_NAME_EMPTY sonar:S6579',
    ),
  },
  {
    section: 'A',
    concern: 'Default ARG gives an empty/invalid image name',
    ids: names('buildkit:InvalidDefaultArgInFrom tally:buildkit/InvalidDefaultArgInFrom'),
  },
  { section: 'A', concern: 'Unused/unreachable stage', ids: names('tally:no-unreachable-stages') },
  { section: 'A', concern: 'COPY --from names a later stage', ids: [], rules: ['copy-from-later-stage'] },
  { section: 'A', concern: 'Circular stage dependency', ids: names('tally:circular-stage-deps') },
  { section: 'A', concern: 'Unnamed stage referenced by number', ids: names('kics:using_unnamed_build_stages') },
  {
    section: 'A',
    concern: 'COPY --from names the current stage',
    ids: names(
      'hadolint:DL3023 tally:hadolint/DL3023 trivy:DS-0006 kics:copy_from_references_current_from_alias semgrep:copy-from-own-alias',
    ),
  },
  { section: 'A', concern: 'COPY --from is not a known stage', ids: names('hadolint:DL3022 tally:hadolint/DL3022') },
  { section: 'A', concern: 'COPY --from an empty scratch stage', ids: names('tally:copy-from-empty-scratch-stage') },
  { section: 'A', concern: 'COPY whole filesystem `/ /` from another stage', ids: names('hadolint:DL3067') },
  { section: 'A', concern: 'Single stage where multi-stage would help', ids: names('tally:prefer-multi-stage-build') },
  {
    section: 'A',
    concern: 'First instruction is not FROM/ARG/comment',
    ids: names(
      'hadolint:DL3061 tally:hadolint/DL3061 dockerfile-utils:NO_SOURCE_IMAGE dockerfilelint:from_first tally:require-stages',
    ),
  },
  { section: 'A', concern: 'Malformed image reference', ids: names('dockerfile-utils:INVALID_REFERENCE_FORMAT') },
  {
    section: 'A',
    concern: 'Base image known EOL / known CVE / newer tag',
    ids: names('docker-scout:critical_high_vulnerabilities tally:ruby/eol-ruby-version dockle:CIS-DI-0004'),
  },
  {
    section: 'B',
    concern: 'File cannot be parsed',
    ids: names(
      'hadolint:DL1000 sonar:S2260 dockerfile-utils:UNKNOWN_INSTRUCTION tally:unknown-instruction dockerfilelint:invalid_command dockerfilelint:invalid_line dockerfilelint:invalid_format dockerfile-utils:INVALID_SYNTAX',
    ),
  },
  {
    section: 'B',
    concern: 'Unknown flag on an instruction',
    ids: names(
      'dockerfile-utils:UNKNOWN_ADD_FLAG dockerfile-utils:UNKNOWN_COPY_FLAG dockerfile-utils:UNKNOWN_FROM_FLAG dockerfile-utils:UNKNOWN_HEALTHCHECK_FLAG',
    ),
  },
  {
    section: 'B',
    concern: 'Flag value problems (duplicate, missing, boolean, duration, minimum, unit, from)',
    ids: names(
      'dockerfile-utils:FLAG_DUPLICATE dockerfile-utils:FLAG_MISSING_VALUE dockerfile-utils:FLAG_EXPECTED_BOOLEAN_VALUE dockerfile-utils:FLAG_INVALID_LINK_VALUE dockerfile-utils:FLAG_INVALID_DURATION dockerfile-utils:FLAG_LESS_THAN_1MS dockerfile-utils:FLAG_MISSING_DURATION dockerfile-utils:FLAG_UNKNOWN_UNIT dockerfile-utils:FLAG_AT_LEAST_ONE dockerfile-utils:FLAG_INVALID_FROM_VALUE dockerfilelint:healthcheck_options_missing_args',
    ),
  },
  {
    section: 'B',
    concern: 'RUN --mount/--network/--security/--device option errors',
    ids: [],
    rules: ['invalid-mount', 'invalid-flag-value', 'unknown-flag'],
  },
  {
    section: 'B',
    concern: 'Wrong number of arguments',
    ids: names(
      'dockerfile-utils:ARGUMENT_MISSING dockerfile-utils:ARGUMENT_EXTRA dockerfile-utils:ARGUMENT_REQUIRES_ONE dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_ONE dockerfile-utils:ARGUMENT_REQUIRES_TWO dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_TWO dockerfile-utils:ARGUMENT_REQUIRES_ONE_OR_THREE dockerfile-utils:ARGUMENT_UNNECESSARY dockerfilelint:required_params dockerfilelint:extra_args dockerfilelint:missing_args',
    ),
  },
  {
    section: 'B',
    concern: 'Instruction keyword casing inconsistent',
    ids: names(
      'buildkit:ConsistentInstructionCasing tally:buildkit/ConsistentInstructionCasing dockerfile-utils:CASING_INSTRUCTION sonar:S6476 dockerfilelint:uppercase_commands',
    ),
  },
  { section: 'B', concern: 'Parser directive casing', ids: names('dockerfile-utils:CASING_DIRECTIVE') },
  {
    section: 'B',
    concern: 'Invalid or duplicated escape directive',
    ids: names('dockerfile-utils:INVALID_ESCAPE_DIRECTIVE dockerfile-utils:DUPLICATED_ESCAPE_DIRECTIVE'),
  },
  { section: 'B', concern: '`# syntax=` typo', ids: names('tally:syntax-directive-typo') },
  {
    section: 'B',
    concern: 'Blank line inside a continued instruction',
    ids: names(
      'buildkit:NoEmptyContinuation tally:buildkit/NoEmptyContinuation dockerfile-utils:EMPTY_CONTINUATION_LINE',
    ),
  },
  {
    section: 'B',
    concern: 'An instruction inside ONBUILD',
    ids: [],
    rules: ['whole-context-copied', 'baked-secret', 'root-user'],
    why: 'By each rule of the instruction. Not what depends on the other build: the files of its context, its stages, its ENTRYPOINT and CMD, what later layers remove, and unset variables',
  },
  {
    section: 'B',
    concern: 'ONBUILD of ONBUILD/FROM/MAINTAINER',
    ids: names(
      'hadolint:DL3043 tally:hadolint/DL3043 dockerfile-utils:ONBUILD_CHAINING_DISALLOWED dockerfile-utils:ONBUILD_TRIGGER_DISALLOWED tally:invalid-onbuild-trigger',
    ),
  },
  {
    section: 'B',
    concern: 'MAINTAINER deprecated',
    ids: names(
      'hadolint:DL4000 tally:hadolint/DL4000 buildkit:MaintainerDeprecated tally:buildkit/MaintainerDeprecated trivy:DS-0022 checkov:CKV_DOCKER_6 kics:maintainer_instruction_being_used semgrep:maintainer-is-deprecated sonar:S6586 dockerfile-utils:DEPRECATED_MAINTAINER dockerfilelint:deprecated_in_1.13',
    ),
  },
  {
    section: 'B',
    concern: 'JSON exec form written with single quotes / malformed',
    ids: names('dockerfile-utils:JSON_IN_SINGLE_QUOTES sonar:S7030 tally:invalid-json-form'),
  },
  {
    section: 'B',
    concern: 'Missing quote in value',
    ids: names('dockerfile-utils:SYNTAX_MISSING_SINGLE_QUOTE dockerfile-utils:SYNTAX_MISSING_DOUBLE_QUOTE'),
  },
  {
    section: 'B',
    concern: 'ENV/LABEL key without `=` or name',
    ids: names('dockerfile-utils:SYNTAX_MISSING_EQUALS dockerfile-utils:SYNTAX_MISSING_NAMES'),
  },
  {
    section: 'B',
    concern: 'Legacy `ENV key value` form',
    ids: names('buildkit:LegacyKeyValueFormat tally:buildkit/LegacyKeyValueFormat'),
  },
  { section: 'B', concern: 'Space before `=` in key=value', ids: names('sonar:S6574') },
  {
    section: 'B',
    concern: 'SHELL not in JSON form / empty',
    ids: names('dockerfile-utils:SHELL_JSON_FORM dockerfile-utils:SHELL_REQUIRES_ONE'),
  },
  { section: 'B', concern: 'Unsupported `${var}` modifier', ids: names('dockerfile-utils:UNSUPPORTED_MODIFIER') },
  {
    section: 'B',
    concern: 'Same LABEL/ENV/… instruction only last counts (CMD)',
    ids: names(
      'hadolint:DL4003 tally:hadolint/DL4003 buildkit:MultipleInstructionsDisallowed tally:buildkit/MultipleInstructionsDisallowed trivy:DS-0016 kics:multiple_cmd_instructions_listed semgrep:multiple-cmd-instructions sonar:S6589 dockerfile-utils:MULTIPLE_INSTRUCTIONS',
    ),
  },
  {
    section: 'B',
    concern: 'Multiple ENTRYPOINT in a stage',
    ids: names(
      'hadolint:DL4004 tally:hadolint/DL4004 buildkit:MultipleInstructionsDisallowed trivy:DS-0007 kics:multiple_entrypoint_instructions_listed semgrep:multiple-entrypoint-instructions sonar:S6589 dockerfile-utils:MULTIPLE_INSTRUCTIONS',
    ),
  },
  {
    section: 'B',
    concern: 'Multiple HEALTHCHECK in a stage',
    ids: names(
      'hadolint:DL3012 buildkit:MultipleInstructionsDisallowed trivy:DS-0023 dockerfile-utils:MULTIPLE_INSTRUCTIONS',
    ),
  },
  {
    section: 'B',
    concern: 'Inline suppression forbidden',
    ids: names('hadolint:DL1001'),
    why: 'Reasons belong next to the line. `unused-ignore` reports comments without effect',
  },
  {
    section: 'B',
    concern: 'Too many lines / TODO comments / long RUN',
    ids: names('tally:max-lines sonar:S1135 sonar:S7020'),
    why: 'The length of a file is a matter of style',
  },
  {
    section: 'C',
    concern: 'Variable used but not declared (non-RUN instructions)',
    ids: names('buildkit:UndefinedVar tally:buildkit/UndefinedVar sonar:S6579'),
  },
  {
    section: 'C',
    concern: 'ENV refers to a variable defined in the same ENV',
    ids: names('hadolint:DL3044 sonar:S6581'),
  },
  {
    section: 'C',
    concern: 'Comment above ARG/FROM not in description form',
    ids: names('buildkit:InvalidDefinitionDescription tally:buildkit/InvalidDefinitionDescription'),
  },
  {
    section: 'D',
    concern: 'ADD used for a plain local file',
    ids: names(
      'hadolint:DL3020 tally:hadolint/DL3020 trivy:DS-0005 checkov:CKV_DOCKER_4 kics:add_instead_of_copy semgrep:prefer-copy-over-add sonar:S7029 dockle:CIS-DI-0009',
    ),
  },
  {
    section: 'D',
    concern: 'ADD with URL vs curl/wget (tools disagree)',
    ids: names(
      'kics:curl_or_wget_instead_of_add dockerfilelint:add_src_invalid sonar:S7026 tally:prefer-add-unpack tally:prefer-add-git sonar:S6474',
    ),
    rules: ['unverified-add', 'unverified-download'],
    why: 'Both are fine with a checksum, and so is ADD of a Git repository',
  },
  { section: 'D', concern: 'COPY archive then extract in RUN', ids: names('hadolint:DL3010 tally:hadolint/DL3010') },
  {
    section: 'D',
    concern: 'COPY/ADD several sources to a destination without `/`',
    ids: names(
      'hadolint:DL3021 tally:hadolint/DL3021 trivy:DS-0011 kics:copy_with_more_than_two_arguments_not_ending_with_slash dockerfile-utils:INVALID_DESTINATION dockerfilelint:add_dest_invalid',
    ),
  },
  {
    section: 'D',
    concern: 'Relative COPY destination with no WORKDIR',
    ids: names('hadolint:DL3045 tally:hadolint/DL3045'),
  },
  {
    section: 'D',
    concern: 'Copy source excluded by .dockerignore',
    ids: names('buildkit:CopyIgnoredFile tally:buildkit/CopyIgnoredFile'),
  },
  { section: 'D', concern: 'Whole build context copied (`COPY . .`, globs)', ids: names('sonar:S6470') },
  {
    section: 'D',
    concern: 'WORKDIR relative',
    ids: names(
      'hadolint:DL3000 tally:hadolint/DL3000 buildkit:WorkdirRelativePath tally:buildkit/WorkdirRelativePath trivy:DS-0009 checkov:CKV_DOCKER_10 kics:workdir_path_not_absolute semgrep:use-absolute-workdir sonar:S7021 dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE dockerfilelint:invalid_workdir',
    ),
  },
  { section: 'D', concern: 'WORKDIR/VOLUME on a system directory', ids: names('trivy:DS-0030 dockle:DKL-DI-0002') },
  {
    section: 'D',
    concern: 'COPY after USER without --chown',
    ids: names('tally:copy-after-user-without-chown'),
    why: 'Files that the application cannot change are recommended, see `writable-by-runtime-user`',
  },
  {
    section: 'D',
    concern: 'COPY --chown to non-root / writable by non-root',
    ids: names('kics:chown_flag_exists sonar:S6504'),
  },
  { section: 'D', concern: 'Separate RUN chmod/chown after COPY', ids: names('tally:prefer-copy-chmod') },
  {
    section: 'D',
    concern: 'World-writable modes',
    ids: names('sonar:S2612 tally:world-writable-state-path-workaround sonar:S6469'),
  },
  {
    section: 'D',
    concern: 'Debug/dirty files shipped (.git, caches, duplicate uid, empty password)',
    ids: names('dockle:DKL-LI-0001 dockle:DKL-LI-0002 dockle:DKL-LI-0003 dockle:CIS-DI-0003 dockle:CIS-DI-0011'),
    rules: ['git-history-copied', 'whole-context-copied', 'build-tools-left'],
    why: 'The accounts and files of the base image are not in the file',
  },
  {
    section: 'D',
    concern: 'Programs with the set-user-ID bit',
    ids: names('dockle:CIS-DI-0008'),
  },
  {
    section: 'D',
    concern: 'Files and packages that a later layer removes',
    ids: [],
    rules: ['removed-in-later-layer', 'secret-removed-too-late'],
  },
  {
    section: 'D',
    concern: 'Databases, dumps, uploads and swap files copied into the image',
    ids: [],
    rules: ['database-copied', 'uploads-copied', 'machine-config-in-container'],
  },
  {
    section: 'A',
    concern: 'One Dockerfile or image for each environment',
    ids: [],
    rules: ['dockerfile-per-environment', 'environment-in-image'],
  },
  {
    section: 'A',
    concern: 'One base in several versions across the Dockerfiles of a repository',
    ids: [],
    rules: ['base-version-drift'],
  },
  {
    section: 'A',
    concern: 'Files name different versions of an image that one of them builds',
    ids: [],
    rules: ['image-version-drift'],
  },
  {
    section: 'A',
    concern: 'A local image as a base that no file builds',
    ids: [],
    rules: ['unbuilt-base'],
  },
  {
    section: 'A',
    concern: 'An image that is built and that nothing in the repository uses',
    ids: [],
    why: 'It may be pushed, or started by a person',
  },
  {
    section: 'A',
    concern: 'Containers configured like machines (init, sshd, cron, syslog, firewall, kernel, swap, several services)',
    ids: [],
    rules: ['machine-config-in-container', 'desktop-in-container', 'sudo-installed', 'remote-access-port'],
  },
  {
    section: 'E',
    concern: 'Packages and archives from a branch (`pip install git+…`, `cargo install --git`, `main.zip`)',
    ids: [],
    rules: ['moving-reference', 'unpinned-go-package', 'moving-default-version'],
  },
  {
    section: 'B',
    concern: 'Commands in the values of ENV, ARG and LABEL (`$(date)`)',
    ids: [],
    rules: ['command-substitution-in-value'],
  },
  {
    section: 'F',
    concern: 'Failing command in a heredoc is ignored',
    ids: [],
    rules: ['heredoc-without-errexit'],
  },
  {
    section: 'E',
    concern: 'Lockfile not enforced, or none copied',
    ids: [],
    rules: ['lockfile-not-enforced'],
  },
  {
    section: 'E',
    concern: 'Default of a version argument moves',
    ids: [],
    rules: ['moving-default-version'],
  },
  {
    section: 'E',
    concern: 'apt-get install without version',
    ids: names('hadolint:DL3008 kics:apt_get_install_pin_version_not_defined'),
  },
  {
    section: 'E',
    concern: 'apk add without version',
    ids: names('hadolint:DL3018 kics:unpinned_package_version_in_apk_add'),
  },
  {
    section: 'E',
    concern: 'yum install without version',
    ids: names('hadolint:DL3033 kics:yum_install_without_version'),
  },
  {
    section: 'E',
    concern: 'dnf/microdnf install without version',
    ids: names('hadolint:DL3041 kics:missing_version_specification_in_dnf_install'),
  },
  {
    section: 'E',
    concern: 'zypper install without version',
    ids: names('hadolint:DL3037 kics:zypper_install_without_version'),
  },
  {
    section: 'E',
    concern: 'pip install without version',
    ids: names('hadolint:DL3013 kics:unpinned_package_version_in_pip_install'),
  },
  {
    section: 'E',
    concern: 'npm install without version',
    ids: names('hadolint:DL3016 kics:npm_install_without_pinned_version'),
  },
  {
    section: 'E',
    concern: 'gem install without version',
    ids: names('hadolint:DL3028 kics:gem_install_without_version'),
  },
  { section: 'E', concern: 'go install/get/run without version', ids: names('hadolint:DL3062') },
  {
    section: 'E',
    concern: 'cargo, composer, conda, pecl or dotnet tool install without version',
    ids: [],
    rules: ['unpinned-tool'],
  },
  {
    section: 'E',
    concern: 'Missing -y: apt-get',
    ids: names(
      'hadolint:DL3014 tally:hadolint/DL3014 trivy:DS-0021 kics:apt_get_missing_flags_to_avoid_manual_input semgrep:missing-assume-yes-switch sonar:S6584 dockerfilelint:apt-get_missing_param',
    ),
  },
  {
    section: 'E',
    concern: 'Missing -y: yum',
    ids: names(
      'hadolint:DL3030 tally:hadolint/DL3030 kics:yum_install_allows_manual_input semgrep:missing-yum-assume-yes-switch sonar:S6584',
    ),
  },
  {
    section: 'E',
    concern: 'Missing -y: dnf/microdnf',
    ids: names(
      'hadolint:DL3038 tally:hadolint/DL3038 kics:missing_flag_from_dnf_install semgrep:missing-dnf-assume-yes-switch sonar:S6584',
    ),
  },
  {
    section: 'E',
    concern: 'Missing non-interactive: zypper',
    ids: names(
      'hadolint:DL3034 tally:hadolint/DL3034 kics:missing_zypper_non_interactive_switch semgrep:missing-zypper-no-confirm-switch sonar:S6584',
    ),
  },
  {
    section: 'E',
    concern: 'apt lists left in the image',
    ids: names(
      'hadolint:DL3009 tally:prefer-package-cache-mounts kics:apt_get_install_lists_were_not_deleted semgrep:remove-package-lists sonar:S6587 dockle:DKL-DI-0005 dockerfilelint:apt-get_missing_rm',
    ),
  },
  {
    section: 'E',
    concern: 'apk cache left in the image / no --no-cache',
    ids: names(
      'hadolint:DL3019 tally:prefer-package-cache-mounts trivy:DS-0025 kics:apk_add_using_local_cache_path semgrep:missing-apk-no-cache sonar:S6587 dockle:DKL-DI-0004 dockerfilelint:apkadd-missing_nocache_or_updaterm',
    ),
  },
  {
    section: 'E',
    concern: 'yum cache not cleaned',
    ids: names(
      'hadolint:DL3032 trivy:DS-0015 kics:yum_clean_all_missing semgrep:missing-yum-clean-all semgrep:remove-package-cache sonar:S6587',
    ),
  },
  {
    section: 'E',
    concern: 'dnf cache not cleaned',
    ids: names('hadolint:DL3040 trivy:DS-0019 kics:missing_dnf_clean_all semgrep:missing-dnf-clean-all sonar:S6587'),
  },
  { section: 'E', concern: 'microdnf cache not cleaned', ids: names('hadolint:DL3040 trivy:DS-0027 sonar:S6587') },
  {
    section: 'E',
    concern: 'zypper cache not cleaned',
    ids: names('hadolint:DL3036 trivy:DS-0020 kics:missing_zypper_clean semgrep:missing-zypper-clean sonar:S6587'),
  },
  {
    section: 'E',
    concern: 'pip cache kept',
    ids: names(
      'hadolint:DL3042 tally:prefer-package-cache-mounts kics:pip_install_keeping_cached_packages semgrep:missing-pip-no-cache-dir sonar:S6587',
    ),
  },
  {
    section: 'E',
    concern: 'yarn cache kept',
    ids: names('hadolint:DL3060 tally:prefer-package-cache-mounts sonar:S6587'),
  },
  {
    section: 'E',
    concern: 'Prefer cache mounts to cache deletion',
    ids: names(
      'tally:prefer-package-cache-mounts tally:js/node-gyp-cache-mounts tally:ruby/prefer-bundler-cache-mount',
    ),
    rules: ['missing-cache-mount'],
  },
  {
    section: 'E',
    concern: 'Missing --no-install-recommends',
    ids: names(
      'hadolint:DL3015 trivy:DS-0029 kics:apt_get_not_avoiding_additional_packages semgrep:missing-no-install-recommends sonar:S6500 dockerfilelint:apt-get_recommends',
    ),
  },
  {
    section: 'E',
    concern: '`apt` instead of `apt-get`',
    ids: names('hadolint:DL3027 tally:hadolint/DL3027 checkov:CKV_DOCKER_9 kics:run_using_apt semgrep:prefer-apt-get'),
  },
  {
    section: 'E',
    concern: 'update in its own layer / without install',
    ids: names(
      'trivy:DS-0017 checkov:CKV_DOCKER_5 kics:update_instruction_alone sonar:S6595 dockle:CIS-DI-0007 dockerfilelint:apt-get-update_require_install',
    ),
  },
  {
    section: 'E',
    concern: 'Distribution upgrade (dist-upgrade/upgrade/update)',
    ids: names(
      'hadolint:DL3035 trivy:DS-0024 semgrep:avoid-apt-get-upgrade semgrep:avoid-apk-upgrade semgrep:avoid-dnf-update semgrep:avoid-yum-update semgrep:avoid-zypper-update dockle:DKL-DI-0003 dockerfilelint:apt-get-upgrade dockerfilelint:apt-get-dist-upgrade',
    ),
  },
  { section: 'E', concern: 'apk add + del without --virtual', ids: names('dockerfilelint:apkadd-missing-virtual') },
  {
    section: 'E',
    concern: 'Signature/auth checks disabled: apt',
    ids: names('checkov:CKV2_DOCKER_8 checkov:CKV2_DOCKER_11'),
  },
  { section: 'E', concern: 'Signature checks disabled: apk', ids: names('checkov:CKV2_DOCKER_7') },
  {
    section: 'E',
    concern: 'Signature checks disabled: yum/dnf/tdnf, rpm',
    ids: names('checkov:CKV2_DOCKER_9 checkov:CKV2_DOCKER_10 checkov:CKV2_DOCKER_15'),
  },
  {
    section: 'E',
    concern: 'TLS verification off: pip trusted-host',
    ids: names('checkov:CKV2_DOCKER_4 checkov:CKV2_DOCKER_16 sonar:S4830'),
  },
  {
    section: 'E',
    concern: 'TLS verification off: npm/yarn strict-ssl',
    ids: names('checkov:CKV2_DOCKER_12 checkov:CKV2_DOCKER_13 sonar:S4830'),
  },
  { section: 'E', concern: 'npm/yarn lifecycle scripts run as root at install', ids: names('sonar:S6505') },
  { section: 'E', concern: 'Package list not sorted', ids: names('tally:sort-packages sonar:S7018') },
  {
    section: 'E',
    concern: 'GPU/CUDA packaging',
    ids: names('tally:gpu/all'),
    why: '`pointless-command` reports GPU queries in a build; for packages the general rules apply. Which devices a container may use is a matter of the host',
  },
  {
    section: 'E',
    concern: 'Ruby/Rails packaging',
    ids: names('tally:ruby/all'),
    why: '`lockfile-not-enforced` covers Bundler; for the rest the general rules apply. `assets:precompile` without a key fails the build by itself',
  },
  {
    section: 'E',
    concern: 'PHP packaging',
    ids: names('tally:php/all'),
    why: '`debug-settings` reports Xdebug; for the rest the general rules apply. Whether development dependencies are needed is not in the file',
  },
  {
    section: 'F',
    concern: 'Commands in a script that is copied or mounted and that a `RUN` runs',
    ids: [],
    why: 'Rules about commands read it as a part of the `RUN`, and report in the script. `sudo-in-dockerfile` and `missing-cache-mount` do not: the script may run elsewhere, and the mount is in the `RUN`',
  },
  {
    section: 'F',
    concern: 'Shell script defects in RUN (quoting, globs, …)',
    ids: names('hadolint:SHELLCHECK tally:shellcheck/all sonar:S6570 sonar:S6573'),
  },
  {
    section: 'F',
    concern: 'Pipe without pipefail',
    ids: names(
      'hadolint:DL4006 tally:hadolint/DL4006 kics:shell_running_a_pipe_without_pipefail_flag semgrep:set-pipefail',
    ),
  },
  {
    section: 'F',
    concern: '`cd` instead of WORKDIR',
    ids: names(
      'hadolint:DL3003 tally:hadolint/DL3003 trivy:DS-0013 kics:run_command_cd_instead_of_workdir semgrep:use-workdir sonar:S6597',
    ),
  },
  {
    section: 'F',
    concern: 'Commands that make no sense in a build',
    ids: names(
      'hadolint:DL3001 tally:hadolint/DL3001 kics:run_utilities_and_posix_commands semgrep:nonsensical-command',
    ),
  },
  {
    section: 'F',
    concern: 'sudo',
    ids: names(
      'hadolint:DL3004 tally:hadolint/DL3004 trivy:DS-0010 checkov:CKV2_DOCKER_1 kics:run_using_sudo semgrep:no-sudo-in-dockerfile dockle:DKL-DI-0001 dockerfilelint:sudo_usage',
    ),
  },
  {
    section: 'F',
    concern: 'Both curl and wget',
    ids: names(
      'hadolint:DL4001 tally:hadolint/DL4001 trivy:DS-0014 kics:run_using_wget_and_curl semgrep:use-either-wget-or-curl',
    ),
  },
  { section: 'F', concern: 'wget without progress control', ids: names('hadolint:DL3047 tally:hadolint/DL3047') },
  {
    section: 'F',
    concern: 'curl without --location / retry config',
    ids: names('tally:curl-should-follow-redirects tally:prefer-curl-config tally:prefer-wget-config'),
  },
  {
    section: 'F',
    concern: 'TLS verification off: curl, wget, git, Node, Python',
    ids: names(
      'checkov:CKV2_DOCKER_2 checkov:CKV2_DOCKER_3 checkov:CKV2_DOCKER_14 checkov:CKV2_DOCKER_5 checkov:CKV2_DOCKER_6 sonar:S4830 sonar:S4423 sonar:S6506',
    ),
  },
  { section: 'F', concern: 'Clear-text protocols, weak hashes', ids: names('sonar:S5332 sonar:S4790') },
  {
    section: 'F',
    concern: 'chpasswd / hard-coded credentials in commands',
    ids: names('checkov:CKV2_DOCKER_17 sonar:S6437 trivy:DS-0031'),
  },
  { section: 'F', concern: '`useradd` with long UID and no -l', ids: names('hadolint:DL3046 tally:hadolint/DL3046') },
  {
    section: 'F',
    concern: 'Default shell replaced with `ln -s /bin/sh`',
    ids: names(
      'hadolint:DL4005 tally:hadolint/DL4005 kics:changing_default_shell_using_run_command semgrep:use-shell-instruction',
    ),
  },
  {
    section: 'F',
    concern: 'Consecutive RUN that could be one',
    ids: names('hadolint:DL3059 tally:prefer-run-heredoc kics:multiple_run_add_copy_instructions_listed sonar:S7031'),
  },
  {
    section: 'F',
    concern: 'echo/printf file creation instead of COPY heredoc',
    ids: names('tally:prefer-copy-heredoc'),
  },
  {
    section: 'F',
    concern: 'Heredoc style',
    ids: names('tally:prefer-formatted-heredocs tally:shellcheck'),
    why: 'The layout is up to a formatter',
  },
  {
    section: 'F',
    concern: 'PowerShell hygiene',
    ids: names('tally:powershell/all'),
    why: 'Commands in PowerShell are linted for what they do, not for style. The file does not show which failures a script expects',
  },
  { section: 'F', concern: 'Shell-form RUN in scratch', ids: names('tally:shell-run-in-scratch') },
  {
    section: 'G',
    concern: 'CMD/ENTRYPOINT in shell form',
    ids: names(
      'hadolint:DL3025 tally:hadolint/DL3025 buildkit:JSONArgsRecommended tally:buildkit/JSONArgsRecommended kics:not_using_json_in_cmd_and_entrypoint_arguments semgrep:prefer-json-notation sonar:S7019',
    ),
  },
  { section: 'G', concern: 'HEALTHCHECK CMD in shell form', ids: names('hadolint:DL3025 tally:hadolint/DL3025') },
  {
    section: 'G',
    concern: 'HEALTHCHECK missing',
    ids: names(
      'hadolint:DL3057 tally:hadolint/DL3057 trivy:DS-0026 checkov:CKV_DOCKER_2 kics:healthcheck_instruction_missing dockle:CIS-DI-0006 tally:ruby/healthcheck-rails-up-endpoint',
    ),
  },
  {
    section: 'G',
    concern: 'HEALTHCHECK malformed',
    ids: names('dockerfile-utils:UNKNOWN_TYPE dockerfile-utils:HEALTHCHECK_CMD_ARGUMENT_MISSING'),
  },
  {
    section: 'G',
    concern: 'EXPOSE port out of range',
    ids: names(
      'hadolint:DL3011 tally:hadolint/DL3011 trivy:DS-0008 kics:unix_ports_out_of_range semgrep:invalid-port dockerfile-utils:INVALID_PORT dockerfilelint:invalid_port',
    ),
  },
  {
    section: 'G',
    concern: 'EXPOSE protocol invalid / not lower case',
    ids: names('buildkit:ExposeProtoCasing tally:buildkit/ExposeProtoCasing dockerfile-utils:INVALID_PROTO'),
  },
  {
    section: 'G',
    concern: 'EXPOSE with IP or host:container mapping',
    ids: names('buildkit:ExposeInvalidFormat tally:buildkit/ExposeInvalidFormat dockerfilelint:expose_host_port'),
  },
  {
    section: 'G',
    concern: 'EXPOSE 22 / admin ports',
    ids: names('trivy:DS-0004 checkov:CKV_DOCKER_1 kics:exposing_port_22 sonar:S6473'),
  },
  {
    section: 'G',
    concern: 'Invalid / ungraceful STOPSIGNAL',
    ids: names(
      'dockerfile-utils:INVALID_SIGNAL tally:no-ungraceful-stopsignal tally:prefer-canonical-stopsignal tally:prefer-nginx-sigquit tally:prefer-systemd-sigrtmin-plus-3 tally:windows/no-stopsignal',
    ),
  },
  {
    section: 'G',
    concern: 'Epilogue order',
    ids: names('tally:epilogue-order'),
    why: 'The order of instructions without layers has no effect',
  },
  {
    section: 'G',
    concern: 'Last USER is root',
    ids: names(
      'hadolint:DL3002 tally:hadolint/DL3002 trivy:DS-0002 checkov:CKV_DOCKER_8 kics:last_user_is_root semgrep:last-user-is-root sonar:S6471 dockle:CIS-DI-0001',
    ),
  },
  {
    section: 'G',
    concern: 'No USER at all',
    ids: names(
      'trivy:DS-0002 checkov:CKV_DOCKER_3 kics:missing_user_instruction semgrep:missing-user semgrep:missing-user-entrypoint sonar:S6471 dockle:CIS-DI-0001 tally:stateful-root-runtime',
    ),
  },
  { section: 'G', concern: 'USER not numeric (runAsNonRoot)', ids: names('hadolint:DL3066') },
  {
    section: 'G',
    concern: 'User created but unused / named user in passwd-less stage / group drop',
    ids: names(
      'tally:user-created-but-never-used tally:named-identity-in-passwdless-stage tally:user-explicit-group-drops-supplementary-groups',
    ),
  },
  {
    section: 'G',
    concern: 'Host namespaces, insecure RUN sandbox, docker socket',
    ids: names('sonar:S6431 sonar:S6502 semgrep:dockerfile-dockerd-socket-mount'),
  },
  {
    section: 'G',
    concern: 'Windows-only restrictions (chown, mounts)',
    ids: names('tally:windows/no-chown-flag tally:windows/no-run-mounts'),
  },
  {
    section: 'G',
    concern: 'Debug settings in production',
    ids: names('sonar:S4507 tally:php/no-xdebug-in-final-image'),
  },
  {
    section: 'G',
    concern: 'Telemetry opt-out, VEX attestation',
    ids: names('tally:prefer-telemetry-opt-out tally:prefer-vex-attestation'),
    why: 'Telemetry depends on the tools in the image; attestations are created by the builder',
  },
  {
    section: 'H',
    concern: 'Secret-looking ARG/ENV name',
    ids: names(
      'hadolint:DL3064 buildkit:SecretsUsedInArgOrEnv tally:buildkit/SecretsUsedInArgOrEnv trivy:DS-0031 semgrep:secret-in-build-arg sonar:S6472 dockle:CIS-DI-0010 tally:ruby/secrets-in-arg-or-env',
    ),
  },
  {
    section: 'H',
    concern: 'Secret value (pattern/entropy) in ENV/ARG/RUN/LABEL/heredoc',
    ids: names('tally:secrets-in-code kics:passwords_and_secrets checkov:CKV_SECRET_ sonar:S6437'),
  },
  { section: 'H', concern: 'Secret file copied into the image', ids: names('trivy:DS-0031 dockle:CIS-DI-0010') },
  {
    section: 'H',
    concern: 'A copied file that `GOOGLE_APPLICATION_CREDENTIALS` or a similar variable names',
    ids: [],
    rules: ['secret-file-copied'],
    why: 'Only where the file is in the checkout: its text decides whether it holds a key or only says where the login comes from',
  },
  {
    section: 'H',
    concern: 'A mounted secret that a login or a setting of a program keeps in a file of the image',
    ids: [],
    rules: ['baked-secret'],
    why: 'Only programs whose documentation says where. `twine` keeps nothing; logins with a browser (`heroku`, `op`, `kaggle`) cannot run in a build; `s3cmd` and `psql` read files that another command writes',
  },
  {
    section: 'H',
    concern: 'A token of a provider under a name that says nothing',
    ids: [],
    rules: ['baked-secret'],
    why: 'Where the provider documents the form of its tokens. Those of Infracost, Scalingo, SettleMint, Authress, Intra42 and ClickHouse Cloud, app secrets of Facebook and session cookies of GitLab are found by the name of their variable only',
  },
  {
    section: 'H',
    concern: 'Private-registry command without secret mount',
    ids: names('tally:require-secret-mounts tally:ruby/prefer-secret-mounts-for-build-credentials'),
    rules: ['secret-in-build-argument'],
    why: 'Only where a secret is used: the file does not show which registries are private',
  },
  {
    section: 'I',
    concern: 'Label key malformed / reserved namespace',
    ids: names('hadolint:DL3048 tally:labels/valid-key dockerfilelint:label_invalid'),
  },
  { section: 'I', concern: 'Required label missing', ids: names('hadolint:DL3049 sonar:S7028') },
  { section: 'I', concern: 'Unknown label (strict mode)', ids: names('hadolint:DL3050') },
  { section: 'I', concern: 'Required label empty', ids: names('hadolint:DL3051') },
  { section: 'I', concern: 'Label not a URL', ids: names('hadolint:DL3052') },
  { section: 'I', concern: 'Label not RFC 3339', ids: names('hadolint:DL3053') },
  { section: 'I', concern: 'Label not SPDX', ids: names('hadolint:DL3054') },
  { section: 'I', concern: 'Label not a git hash', ids: names('hadolint:DL3055') },
  { section: 'I', concern: 'Label not semver', ids: names('hadolint:DL3056') },
  { section: 'I', concern: 'Label not an e-mail', ids: names('hadolint:DL3058') },
  {
    section: 'I',
    concern: 'Duplicate/grouping/order/stale-digest labels',
    ids: names(
      'tally:labels/no-duplicate-keys tally:labels/prefer-grouped tally:labels/prefer-stable-order tally:labels/no-stale-base-digest tally:labels/no-buildx-git-overlap',
    ),
  },
];
