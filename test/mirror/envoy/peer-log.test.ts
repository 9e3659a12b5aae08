import { peerLog } from '../../../src/mirror/envoy/peer-log';

describe('the log of requests to peers', () => {
  it('has nothing of a request: no path with the name of an image, and no header with a credential', () => {
    const operators = JSON.stringify(peerLog('%PEER%')).match(/%[A-Z_]+/g);
    expect(operators).toHaveLength(7);
    expect(operators?.filter((operator) => /REQ|PATH|TRAILER|METADATA|SUBJECT|DYNAMIC/.test(operator))).toEqual([]);
  });

  it('has one header of an answer, no longer than a digest', () => {
    expect(JSON.stringify(peerLog('%PEER%')).match(/%RESP[(][^%]*%/g)).toEqual(['%RESP(DOCKER-CONTENT-DIGEST):71%']);
  });
});
