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

/**
 * What is sent to a running server, of any scheme: the gate holds back what is not linted. The server decides by name
 * and content which YAML is cloud-init.
 */
export const SELECTOR: readonly Filter[] = [...CERTAIN, { language: 'yaml' }];

/** Where the server looks for the first line, in UTF-16 code units. */
const BEGINNING = 4_000;

/** Whether the server has to run for a document. It does not for YAML that is none of cloud-init's. */
export function isOurs(document: vscode.TextDocument): boolean {
  if (vscode.languages.match(CERTAIN, document) > 0) return true;
  if (document.languageId !== 'yaml') return false;
  const end = document.positionAt(BEGINNING);
  return detectCloudInit(document.uri.path, document.getText(new vscode.Range(0, 0, end.line, end.character)));
}
