/** What Jinja and cloud-init give to the templates of user-data, by name. */

/** Jinja's own filters, as of 3.1 (https://jinja.palletsprojects.com/en/stable/templates/#list-of-builtin-filters). */
export const FILTERS: ReadonlySet<string> = new Set(
  (
    'abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape format ' +
    'groupby indent int items join last length list lower map max min pprint random reject rejectattr replace reverse ' +
    'round safe select selectattr slice sort string striptags sum title tojson trim truncate unique upper urlencode ' +
    'urlize wordcount wordwrap xmlattr'
  ).split(' '),
);

/** Jinja's own tests that are words, as of 3.1. */
export const TESTS: ReadonlySet<string> = new Set(
  (
    'boolean callable defined divisibleby eq equalto escaped even false filter float ge greaterthan gt in integer ' +
    'iterable le lessthan lower lt mapping ne none number odd sameas sequence string test true undefined upper'
  ).split(' '),
);

/** Jinja's own functions, and names that it has inside of blocks. */
const GLOBALS = ['range', 'dict', 'lipsum', 'cycler', 'joiner', 'namespace', 'loop', 'self', 'super', 'caller'];
const IN_MACROS = ['varargs', 'kwargs'];

/** Keys of `v1`, which are names of their own as well (https://docs.cloud-init.io/en/latest/explanation/instancedata.html). */
export const INSTANCE_KEYS: readonly string[] = (
  'availability_zone cloud_id cloud_name distro distro_release distro_version instance_id kernel_release ' +
  'local_hostname machine platform public_ssh_keys python_version region subplatform system_platform variant'
).split(' ');

/** The other names at the top of instance data. `userdata` and `vendordata` are there for root. */
const TOP = (
  'ds v1 sys_info system_info features merged_cfg merged_system_cfg combined_cloud_config base64_encoded_keys ' +
  'sensitive_keys userdata vendordata vendordata2 userdata_raw vendordata_raw vendordata2_raw security_credentials ' +
  '_beta_keys _doc'
).split(' ');

/** Names that a template may use without giving them a value. */
export const NAMES: ReadonlySet<string> = new Set([...GLOBALS, ...IN_MACROS, ...INSTANCE_KEYS, ...TOP]);

/** Names to offer instead of an unknown one. */
export const OFFERED: readonly string[] = [...INSTANCE_KEYS, 'ds', 'v1', 'merged_system_cfg', 'sys_info'];
