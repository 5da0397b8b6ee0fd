/**
 * What a job of Nomad starts, https://developer.hashicorp.com/nomad/docs/job-declare/task-driver/docker, and what
 * definitions of containers in Terraform and of tasks of ECS do.
 */
import { nameOf } from '../../core/path.ts';
import type { NamedImage } from './model.ts';
import type { Naming } from './naming.ts';
import { firstOf } from './values.ts';

export const isNomad = (path: string): boolean => /\.nomad(?:\.hcl)?$/i.test(nameOf(path));

/** Whether containers of another program are in it: `main.tf`, `task-definition.json`. */
export const isOfContainers = (path: string): boolean =>
  /\.tf$|^(?:ecs-)?task[-_]?def(?:inition)?s?[\w.-]{0,60}\.json$/i.test(nameOf(path));

const MOST = 500;
/** In a line of its own, or in a block on one line. */
const IMAGE = /(?:^|[{;,])[ \t]{0,80}"?image"?[ \t]{0,40}[=:][ \t]{0,40}"([^"\n]{1,300})"/gm;

export function ofNomad(text: string, naming: Naming): readonly NamedImage[] {
  return firstOf(text.matchAll(IMAGE), MOST).flatMap(({ 0: whole, 1: written = '', index }) => {
    const end = index + whole.length - 1;
    return naming.started(written, { start: end - written.length, end }) ?? [];
  });
}
