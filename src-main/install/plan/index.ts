export { haulerManifest, zarfPackageFile, type BundlePlan } from './bundles.ts';
export { containerdHosts } from './containerd.ts';
export { dockerDaemon, unitDropIn, type DaemonChoices, type ProxiedUnit } from './docker.ts';
export { kubeadmEnvironment, shellProfile } from './environment.ts';
export type { PlanFile } from './file.ts';
export {
  firewallColumns,
  firewallRequest,
  firewallRequestCsv,
  type FirewallRow,
} from './firewall-request.ts';
export { icpDockerEnvironment } from './icp.ts';
export { planMirror, planProxy, type PlanMirror, type PlanProxy } from './inputs.ts';
export { composeNoProxy, type DirectToken, type NoProxy } from './no-proxy.ts';
export {
  noDefaultEndpoint,
  rancherEnvironment,
  registriesYaml,
  type RancherService,
} from './rke2.ts';
export { planStep, type PlanStep } from './steps.ts';
export { aptProxy, yumProxy } from './system-packages.ts';
export { terraformConfig, type ProviderMirror } from './terraform.ts';
