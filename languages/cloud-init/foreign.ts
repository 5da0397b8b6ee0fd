/** Texts under the usual names of user-data that say themselves that another program reads them. */

/** A program, and the words in the text that show it. */
export interface Foreign {
  readonly program: string;
  readonly evidence: string;
}

const SIGNS: readonly (readonly [program: string, sign: RegExp, also?: RegExp])[] = [
  ['EC2Launch', /^\s*(<(?:powershell|script|persist|runAsLocalSystem)>)/i],
  // Version 2 reads YAML too: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2launch-v2-task-configuration.html
  ['EC2Launch', /^(version:[ \t]{0,9}["']?1\.\d)/m, /^tasks:/m],
  ['cloudbase-init', /^\s*(#ps1(?:_sysnative|_x86)?)\s/i],
  ['Talos', /^(version:[ \t]{0,9}v1(?:alpha|beta)\d{1,3})\b/m, /^(?:machine|cluster):/m],
  ['Butane', /^(variant:[ \t]*(?:fcos|flatcar|openshift|r4e|fiot))\b/m],
  ['Kubernetes', /^(apiVersion)[ \t]*:/m],
  ['Docker Compose', /^(services)[ \t]*:/m],
  ['GitHub Actions', /^["']?(on)["']?[ \t]*:/m, /^["']?jobs["']?[ \t]*:/m],
  ['GitLab CI', /^(stages)[ \t]*:/m, /^[ \t]+script[ \t]*:/m],
  ['Azure Pipelines', /^(trigger|pr|pool)[ \t]*:/m, /^(?:stages|jobs|steps)[ \t]*:/m],
  ['CloudFormation', /^(AWSTemplateFormatVersion)[ \t]*:/m],
  ['OpenStack Heat', /^(heat_template_version)[ \t]*:/m],
  ['Ansible', /^(-[ \t]+(?:hosts|name|import_playbook|import_tasks|include|include_tasks))[ \t]*:/m],
];

/** The program that a text without one of cloud-init's headers is for; `undefined` when nothing shows it. */
export function foreignOf(text: string): Foreign | undefined {
  for (const [program, sign, also] of SIGNS) {
    const evidence = also && !also.test(text) ? undefined : sign.exec(text)?.[1];
    if (evidence !== undefined) return { program, evidence: evidence.trim() };
  }
  return undefined;
}
