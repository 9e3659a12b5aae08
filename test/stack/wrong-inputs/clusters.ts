import { type WrongInput, withMutualTls, withSettings } from './wrong-input';

/** Clusters that contradict each other. */
export const clusters: WrongInput[] = [
  {
    title: 'two clusters of one name',
    text: withSettings('platform: k3s') + withSettings('platform: k3s').replace('clusters:\n', ''),
    errors: ['6:11: clusters[1].name: got "one"; clusters[0] has this name already'],
  },
  {
    title: 'two clusters of one trust domain',
    text:
      withMutualTls('{issuer: {caSecret: a}, trustDomain: t}') +
      withMutualTls('{issuer: {caSecret: b}, trustDomain: t}').replace('clusters:\n', '').replace('one', 'two'),
    errors: [
      '7:70: clusters[1].authentication.mutualTls.trustDomain: got "t"; it is the trust domain of clusters[0] already: its peers would be peers of this cluster too',
    ],
  },
  {
    title: 'a trust domain that is the name of another cluster',
    text:
      withSettings('platform: k3s') +
      withMutualTls('{issuer: {caSecret: b}, trustDomain: one}').replace('clusters:\n', '').replace('one', 'two'),
    errors: [
      '8:70: clusters[1].authentication.mutualTls.trustDomain: got "one"; it is the trust domain of clusters[0] already: its peers would be peers of this cluster too',
    ],
  },
];
