import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** The answer to a request that the editor has taken back. */
export function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was canceled.');
}
