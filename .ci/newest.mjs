// The tests on CPython compiled to WebAssembly, where a newer Python cannot be had otherwise:
// node newest.mjs FOLDER_OF_PYODIDE FOLDER_OF_PACKAGES CHECKOUT ARGUMENTS_OF_PYTEST...
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [here, packages, checkout, ...asked] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(createRequire(`${here}/`).resolve("pyodide/pyodide.mjs")));
const python = await loadPyodide();
for (const [folder, root] of [["/packages", packages], ["/checkout", checkout]]) {
  python.FS.mkdir(folder);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, folder);
}
python.globals.set("asked", python.toPy(asked));
process.exitCode = await python.runPythonAsync(`
import os, sys
sys.path[:0] = ["/packages", "/checkout"]
os.chdir("/checkout")
import pytest
print("Python", sys.version.split()[0], "on", sys.platform)
int(pytest.main(list(asked)))
`);
