/** What Packer's own blocks are, and what attributes of them and of every step do, in one sentence each. */

const PAGES = 'https://developer.hashicorp.com/packer/docs/templates/hcl_templates';

interface OwnBlock {
  readonly text: string;
  /** Below {@link PAGES}. */
  readonly page: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Attributes of provisioners, whichever plugin they are from. */
const OF_STEPS: Readonly<Record<string, string>> = {
  name: 'A name for logs.',
  only: 'Runs it for these sources only.',
  except: 'Runs it for all sources but these.',
  pause_before: 'How long to wait before it runs, such as `"10s"`.',
  max_retries: 'How often to retry after a failure.',
  timeout: 'Ends it as a failure after this time, such as `"15m"`.',
  continue_on_error: 'Goes on with the build when it fails.',
  override: 'Other values for single sources: `override = { web = { … } }`.',
};

const PROVISIONER: OwnBlock = {
  text: 'Runs on the machine before the image is made.',
  page: 'blocks/build/provisioner',
  attributes: OF_STEPS,
};

const OWN: Readonly<Record<string, OwnBlock>> = {
  packer: {
    text: 'What the template needs: versions of Packer and plugins.',
    page: 'blocks/packer',
    attributes: { required_version: 'The versions of Packer that may build it, such as `">= 1.10.0, < 2.0.0"`.' },
  },
  required_plugins: {
    text: 'The plugins that `packer init` installs, each with `version` and `source`.',
    page: 'blocks/packer#specifying-plugin-requirements',
  },
  variable: {
    text: 'A value that is given from outside: on the command line, in a `.pkrvars.hcl` file or as `PKR_VAR_name`.',
    page: 'blocks/variable',
    attributes: {
      type: 'The type that values are converted to, such as `list(string)`.',
      default: 'The value when none is given. Without it, one has to be given.',
      description: 'What it is for.',
      sensitive: 'Hides the value in the output of Packer.',
    },
  },
  validation: {
    text: 'A condition that values must meet.',
    page: 'variables#custom-validation-rules',
    attributes: {
      condition: 'True for valid values. It refers to its own variable only.',
      error_message: 'A full sentence that is shown for other values.',
    },
  },
  variables: { text: 'Variables with their defaults, in short.', page: 'blocks/variable' },
  locals: { text: 'Values that have a name in the template.', page: 'blocks/locals' },
  local: {
    text: 'One value that has a name, and may be sensitive.',
    page: 'blocks/locals',
    attributes: { expression: 'The value.', sensitive: 'Hides the value in the output of Packer.' },
  },
  source: { text: 'What is built: a component and its settings, for use in `build` blocks.', page: 'blocks/source' },
  data: { text: 'Something that is looked up before the build starts.', page: 'blocks/data' },
  build: {
    text: 'What is done to sources: provisioners on the machine, then post-processors with the image.',
    page: 'blocks/build',
    attributes: {
      name: 'Prefix of source names in logs and in `-only`.',
      description: 'What it makes.',
      sources: 'The sources that are built, as `"source.type.name"`. They are built in parallel.',
    },
  },
  'build.source': {
    text: 'A source that is built, with further settings.',
    page: 'blocks/build/source',
    attributes: { name: 'Another name for it in this build.' },
  },
  provisioner: PROVISIONER,
  'error-cleanup-provisioner': {
    ...PROVISIONER,
    text: 'Runs on the machine when a provisioner fails, before it is deleted.',
  },
  'post-processor': {
    text: 'Runs after the image is made, with what came before it.',
    page: 'blocks/build/post-processor',
    attributes: {
      name: OF_STEPS.name!,
      only: OF_STEPS.only!,
      except: OF_STEPS.except!,
      keep_input_artifact: 'Keeps what came before it, such as the files that it compresses.',
    },
  },
  'post-processors': {
    text: 'Post-processors that run one after the other, each with the result of the one before.',
    page: 'blocks/build/post-processors',
  },
  hcp_packer_registry: {
    text: 'What is registered in HCP Packer.',
    page: 'blocks/build/hcp_packer_registry',
    attributes: {
      bucket_name: 'The bucket: 3 to 36 letters, digits and hyphens. Without it, `HCP_PACKER_BUCKET_NAME` is used.',
      description: 'What the images are for, in at most 255 characters.',
      bucket_labels: 'Labels of the bucket. They last for all of its versions.',
      build_labels: 'Labels of this build.',
      channels: 'Channels that the new version is assigned to.',
      labels: 'The deprecated name of `bucket_labels`.',
    },
  },
};

/** What a block of Packer itself is, as Markdown; a source in a build is `build.source`. */
export function ownBlockText(key: string): string | undefined {
  const found = ownBlock(key);
  return found && `\`${key.slice(key.indexOf('.') + 1)}\`: ${found.text}\n\n[Documentation](${PAGES}/${found.page})`;
}

/** What an attribute of such a block, or of every step, does, and the page that says so. */
export function ownAttributeText(key: string, name: string): readonly string[] {
  const { attributes, page } = ownBlock(key) ?? {};
  const text = attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return text === undefined ? [] : [text, `[Documentation](${PAGES}/${page})`];
}

function ownBlock(key: string): OwnBlock | undefined {
  return Object.hasOwn(OWN, key) ? OWN[key] : undefined;
}

/** What Packer itself gives a name. */
export const CONTEXT: Readonly<Record<string, string>> = {
  'path.root': 'The directory of the template.',
  'path.cwd': 'The directory that Packer was started in.',
  'packer.version': 'The version of Packer.',
  'source.name': 'The name of the source that is built.',
  'source.type': 'The type of the source that is built.',
  'build.name': 'The name of the build block.',
  'build.ID': 'The ID of the machine that is built on, in provisioners.',
  'build.Host': 'The address of the machine.',
  'build.Port': 'The port of the connection to the machine.',
  'build.User': 'The account of the connection to the machine.',
  'build.Password': 'The password of the connection to the machine.',
  'build.ConnType': 'The kind of the connection to the machine.',
  'build.PackerRunUUID': 'An ID of this run of Packer.',
  'build.PackerHTTPAddr': 'The address and port of the HTTP server of Packer.',
  'build.SSHPublicKey': 'The public key of the connection to the machine.',
  'build.SSHPrivateKey': 'The private key of the connection to the machine.',
};
export const CONTEXT_PAGE = `${PAGES}/contextual-variables`;
