/** Names of the scrape jobs, by the part of a mirror whose metrics they read: the label `job` of its series. */
export const jobs = {
  agent: 'secured-mirror-agent',
  proxy: 'secured-mirror-proxy',
  spegel: 'secured-mirror-spegel',
};
