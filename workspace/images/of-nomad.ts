/**
 * What a job of Nomad starts, https://developer.hashicorp.com/nomad/docs/job-declare/task-driver/docker, and what
 * definitions of containers in Terraform and of tasks of ECS do.
 */
import { nameOf } from '../../core/path.ts';
import { reference, referring } from './hcl-variables.ts';
import type { NamedImage } from './model.ts';
import type { Naming } from './naming.ts';
import { firstOf } from './values.ts';

export const isNomad = (path: string): boolean => /\.nomad(?:\.hcl)?$/i.test(nameOf(path));

/** Whether containers of another program are in it: `main.tf`, `task-definition.json`, `marathon/web.json`, `k8s/web.json`. */
export const isOfContainers = (path: string): boolean =>
  /\.tf$|^(?:ecs-)?task[-_]?def(?:inition)?s?[\w.-]{0,60}\.json$|^Dockerrun\.aws\.json$/i.test(nameOf(path)) ||
  (/\.json$/i.test(path) && OF_SCHEDULERS.test(path));
const OF_SCHEDULERS = /(?:^|\/)(?:[\w.-]{0,40}(?:marathon|dcos|mesos|chronos)|k8s|kubernetes|kube)\b/i;

const MOST = 500;
/** In a line of its own, or in a block on one line. */
const IMAGE =
  /(?:^|[{;,])[ \t]{0,80}"?image"?[ \t]{0,40}[=:][ \t]{0,40}(?:"([^"\n]{1,300})"|((?:var|local|data|aws_ecr_repository)\.[\w.[\]"-]{1,120}))/gm;

/** `naming` has the variables of {@link variablesOfHcl}. */
export function ofNomad(text: string, naming: Naming): readonly NamedImage[] {
  return firstOf(text.matchAll(IMAGE), MOST).flatMap(({ 0: whole, 1: quoted, 2: bare, index }) => {
    const written = quoted === undefined ? (reference(bare ?? '') ?? '') : referring(quoted);
    const length = (quoted ?? bare ?? '').length;
    const end = index + whole.length - (quoted === undefined ? 0 : 1);
    const found = naming.started(written, { start: end - length, end });
    return found && (found.known === undefined || /\w/.test(found.known)) ? [found] : [];
  });
}
