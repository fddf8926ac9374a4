/** @file Puts a benchmark's table into docs/benchmarks.md, between the marks that carry its name. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const PAGE = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));

export async function saveTable(name: string, table: string): Promise<void> {
  const page = await readFile(PAGE, 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no place for "${name}"`);
  const filled = `${page.slice(0, from + begin.length)}\n\n${table}\n\n${page.slice(to)}`;
  await writeFile(PAGE, await format(filled, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
}
