/** Whether an extension is installed that offers symbols, names and a linter for Dockerfiles. */
import * as vscode from 'vscode';

const KNOWN = ['docker.docker', 'ms-azuretools.vscode-containers', 'ms-azuretools.vscode-docker'];

export function hasDockerExtension(): boolean {
  return KNOWN.some(id => vscode.extensions.getExtension(id) !== undefined);
}

/** Extensions come and go while the editor runs. */
export function onDockerExtension(changed: (installed: boolean) => void): vscode.Disposable {
  let known = hasDockerExtension();
  return vscode.extensions.onDidChange(() => {
    const now = hasDockerExtension();
    if (now === known) return;
    known = now;
    changed(now);
  });
}
