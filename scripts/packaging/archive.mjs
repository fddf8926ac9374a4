/** @file The tar.gz, with tar itself: the same to the byte from the same files, whatever machine they lie on. */
import { spawnSync } from 'node:child_process';

/** Order, owners and rights that say nothing of the machine. */
const KEPT = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mode=u+rw,go+r-w,a+X'];

/**
 * Packs what is in `folder` under the name `called`, as old as `epoch` (seconds since 1970), into `target`.
 * @param {{ folder: string, called: string, epoch: string, level: number, target: string }} options
 */
export function makeArchive({ folder, called, epoch, level, target }) {
  const named = [`--mtime=@${epoch}`, `--transform=s,^\\.,${called},`];
  const packed = [`--use-compress-program=gzip -n -${level}`, `--file=${target}`, '--force-local'];
  return spawnSync('tar', ['--create', ...KEPT, ...named, ...packed, '.'], { cwd: folder, encoding: 'utf8' });
}
