export { haulerManifest, zarfPackageFile, type BundlePlan } from './bundles.ts';
export { containerdHosts } from './containerd.ts';
export { dockerDaemon, unitDropIn, type DaemonChoices, type ProxiedUnit } from './docker.ts';
export {
  curlConfig,
  kubeadmEnvironment,
  loginEnvironment,
  podEnvironment,
  shellProfile,
  sudoKeeps,
} from './environment.ts';
export { helmRepositories } from './helm.ts';
export type { PlanFile } from './file.ts';
export { firewallColumns, firewallRequestCsv } from './firewall-request.ts';
export { icpDockerEnvironment } from './icp.ts';
export { planMirror, planProxy, type PlanMirror, type PlanProxy } from './inputs.ts';
export { composeNoProxy, type DirectToken, type NoProxy } from './no-proxy.ts';
export {
  noDefaultEndpoint,
  rancherEnvironment,
  registriesYaml,
  type RancherService,
} from './rke2.ts';
export { installPlan } from './make.ts';
export { planStep, type PlanStep } from './steps.ts';
export { aptProxy, aptSources, yumProxy, yumRepository } from './system-packages.ts';
export { terraformConfig, type ProviderMirror } from './terraform.ts';
export type * from './vocabulary.ts';
