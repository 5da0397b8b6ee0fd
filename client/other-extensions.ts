/** Extensions that offer what the server offers too. */
import * as vscode from 'vscode';
import type { OtherExtensions } from '../server/protocol.ts';

/** They have symbols, names and a linter for Dockerfiles. */
const DOCKER = ['docker.docker', 'ms-azuretools.vscode-containers', 'ms-azuretools.vscode-docker'];
/** It completes configurations from their schema. */
const YAML = ['redhat.vscode-yaml'];

export function otherExtensions(): OtherExtensions {
  const has = (ids: readonly string[]): boolean => ids.some(id => vscode.extensions.getExtension(id) !== undefined);
  return { docker: has(DOCKER), yaml: has(YAML) };
}

/** Extensions come and go while the editor runs. */
export function onOtherExtensions(changed: (installed: OtherExtensions) => void): vscode.Disposable {
  let known = otherExtensions();
  return vscode.extensions.onDidChange(() => {
    const now = otherExtensions();
    if (now.docker === known.docker && now.yaml === known.yaml) return;
    known = now;
    changed(now);
  });
}
