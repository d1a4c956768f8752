/** The transports that Kubernetes knows. */
export const protocols = (['TCP', 'UDP', 'SCTP'] as const).map((value) => ({
  value,
  label: value,
}));
