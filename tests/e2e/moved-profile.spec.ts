/** @file A profile that is found elsewhere than it was left still has its account, its keys and its open verifications. */
import { renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { launch } from './launch/launch.ts';
import { clerkAt } from './clerk.ts';
import { expect } from './fixture.ts';
import { codeMailedTo, setUpServer, test } from './peers.ts';

const address = 'before-the-move@example.test';

test('a renamed user, and a link to the folder, keep the account and what is open', async ({
  desk,
  peers,
}) => {
  await setUpServer(desk.page, peers);
  await clerkAt(desk.page).sendTo(address);
  await expect(desk.page.getByText(/^Handed to/)).toBeVisible();
  const code = await codeMailedTo(peers, address);
  await desk.close();

  const moved = join(dirname(desk.profileDir), 'renamed');
  const linked = join(dirname(desk.profileDir), 'link');
  renameSync(desk.profileDir, moved);
  symlinkSync(moved, linked);
  for (const profileDir of [linked, moved]) {
    const program = await launch({ profileDir, env: desk.env });
    const clerk = clerkAt(program.page);
    await clerk.row(address).click();
    if (profileDir === moved) {
      await clerk.typeCode(code);
      await expect(clerk.heading).toHaveText('Verified');
    } else await expect(clerk.code).toBeVisible();
    await program.close();
  }
});
