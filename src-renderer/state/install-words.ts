/** Names that are the same in every language. */
export const productNames = {
  'icp-ce': 'ICP Community Edition',
  'icp-ee': 'ICP Enterprise Edition',
  cam: 'Cloud Automation Manager',
  kubeadm: 'kubeadm',
  rke2: 'RKE2',
} as const;

export const clientNames = {
  docker: 'Docker',
  containerd: 'containerd',
  kubelet: 'kubelet',
  helm: 'Helm',
  terraform: 'Terraform',
  curl: 'curl',
  apt: 'apt',
  yum: 'yum',
  'icp-installer': 'ICP installer',
  pod: 'pod',
} as const;
