/**
 * Features of some documents only. An editor that registers features by document is told which ones have them, so that it
 * does not take the server for a formatter of Dockerfiles and YAML. Others are told that some have them.
 */
import {
  BulkRegistration,
  type Connection,
  type InitializeParams,
  RegistrationType,
  type ServerCapabilities,
} from 'vscode-languageserver';

type Capabilities = InitializeParams['capabilities'];
type DocumentCapability = keyof NonNullable<Capabilities['textDocument']>;

/** Templates and variables files that are written in HCL. */
const PACKER = [{ language: 'packer' }, { pattern: '**/*.{pkr.hcl,pkrvars.hcl}' }];

export interface PartialFeature {
  /** As the protocol names it after `textDocument/`. */
  readonly name: DocumentCapability & string;
  /** As the server offers it to an editor that cannot register it. */
  readonly capability: ServerCapabilities;
  /** What is registered beside the documents. */
  readonly options?: object;
}

function registers({ textDocument }: Capabilities, { name }: PartialFeature): boolean {
  const asked = textDocument?.[name] as { readonly dynamicRegistration?: boolean } | undefined;
  return asked?.dynamicRegistration === true;
}

/** What an editor is told at once. */
export function capabilitiesOf(features: readonly PartialFeature[], client: Capabilities): ServerCapabilities {
  const told = features.filter(feature => !registers(client, feature)).map(({ capability }) => capability);
  return Object.assign({}, ...told) as ServerCapabilities;
}

/** Registers the others, once the editor is ready. */
export function registerFeatures(
  connection: Connection,
  features: readonly PartialFeature[],
  client: Capabilities,
): void {
  const asked = features.filter(feature => registers(client, feature));
  if (asked.length === 0) return;
  const registrations = BulkRegistration.create();
  for (const { name, options } of asked)
    registrations.add(new RegistrationType<object>(`textDocument/${name}`), { documentSelector: PACKER, ...options });
  void connection.client.register(registrations).catch(() => undefined);
}
