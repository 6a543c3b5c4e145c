// Attacks on what can be reached: addresses of this machine, name servers, sockets in files and sockets without one.
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Attack } from './attack.ts';

const ownAddress = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
const reached: Attack['effect'] = async (world) => {
  // The server hears of a connection a little after the one who made it.
  for (let tries = 0; tries < 20 && world.reached === 0; tries += 1)
    await new Promise((later) => setTimeout(later, 10));
  return world.reached > 0;
};
const tcp = (address: string, port: number) => `(exec 3<>/dev/tcp/${address}/${port}; cat <&3) 2>/dev/null; true`;
const unix = (path: string) =>
  `perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Peer => ${path}) and sleep 0' 2>/dev/null; true`;

export const network: readonly Attack[] = [
  {
    name: 'reach a server on this machine',
    command: ({ tcpPort }) => tcp('127.0.0.1', tcpPort),
    effect: reached,
  },
  {
    name: 'reach the machine by its address in the network',
    command: ({ tcpPort }) => tcp(ownAddress ?? '127.0.0.1', tcpPort),
    effect: reached,
  },
  {
    name: 'send a question to a name server',
    command: ({ udpPort }) => `(echo question > /dev/udp/${ownAddress ?? '127.0.0.1'}/${udpPort}) 2>/dev/null; true`,
    effect: reached,
  },
  {
    name: 'talk to the container daemon by its socket',
    command: ({ outside }) => unix(`"${join(outside, 'docker.sock')}"`),
    effect: reached,
  },
  {
    name: 'talk to a daemon by a socket that has no file',
    command: ({ abstractSocket }) => unix(`"\\0${abstractSocket}"`),
    effect: reached,
  },
];
