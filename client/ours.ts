/** Which documents are for the server, as far as that is known before it runs. */
import * as vscode from 'vscode';
import { detectCloudInit } from '../languages/cloud-init/detect.ts';

type Filter = { readonly language: string } | { readonly pattern: string };

/** Documents that are ours, or that the server reads for ours. */
const CERTAIN: readonly Filter[] = [
  { language: 'dockerfile' },
  { language: 'packer' },
  { language: 'cloud-config' },
  { pattern: '**/*.{pkr.hcl,pkrvars.hcl,pkr.json,pkrvars.json}' },
  { pattern: '**/{user-data,vendor-data,network-config}' },
  { pattern: '**/cloud.cfg.d/*.cfg' },
  { pattern: '**/.bakelint.{yaml,yml,json}' },
];

/** Scripts: the server lints those that a template or a Dockerfile names. */
const SCRIPTS: readonly Filter[] = [{ language: 'shellscript' }, { language: 'powershell' }, { language: 'bat' }];

/**
 * What is sent to a running server, of any scheme: the gate holds back what is not linted. The server decides by name
 * and content which YAML is cloud-init.
 */
export const SELECTOR: readonly Filter[] = [...CERTAIN, { language: 'yaml' }, ...SCRIPTS];

/** Where the server looks for the first line, in UTF-16 code units. */
const BEGINNING = 4_000;

/** Whether the server has to run for a document. It does not for YAML that is none of cloud-init's. */
export function isOurs(document: vscode.TextDocument): boolean {
  if (vscode.languages.match(CERTAIN, document) > 0) return true;
  if (document.languageId !== 'yaml') return false;
  const end = document.positionAt(BEGINNING);
  return detectCloudInit(document.uri.path, document.getText(new vscode.Range(0, 0, end.line, end.character)));
}

/** Whether the server has to run for a document where a template or a Dockerfile may name it. */
export const isScript = (document: vscode.TextDocument): boolean => vscode.languages.match(SCRIPTS, document) > 0;

/** Whether there is a document in the workspace that may name scripts. */
export async function namesScripts(): Promise<boolean> {
  return (await vscode.workspace.findFiles(NAMING, undefined, 1)).length > 0;
}
const NAMING = '**/{*.pkr.hcl,*.pkr.json,Dockerfile,Dockerfile.*,*.Dockerfile,Containerfile}';
