import { constants } from 'node:os';

// The numbers differ between operating systems and, on Linux, between processors; Node knows those of this machine.
const { errno } = constants;

export const EINTR: number = errno.EINTR;
export const EAGAIN: number = errno.EAGAIN;
export const EEXIST: number = errno.EEXIST;
export const ENOENT: number = errno.ENOENT;
export const EBADF: number = errno.EBADF;
export const EPERM: number = errno.EPERM;
export const EMFILE: number = errno.EMFILE;
export const ENFILE: number = errno.ENFILE;
export const ENOBUFS: number = errno.ENOBUFS;
export const ENOMEM: number = errno.ENOMEM;
export const EINPROGRESS: number = errno.EINPROGRESS;
export const EACCES: number = errno.EACCES;
export const ENOTDIR: number = errno.ENOTDIR;
export const EPIPE: number = errno.EPIPE;
export const ESRCH: number = errno.ESRCH;
export const ECHILD: number = errno.ECHILD;
