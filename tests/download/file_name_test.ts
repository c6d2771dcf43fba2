import { assert, assertEquals } from "@std/assert";
import { dispositionName, safeFileName, urlName } from "../../lib/download/file_name.ts";
import { stepRows } from "../_test_rows.ts";

Deno.test({
  name: "dispositionName() reads a name by RFC 6266, and the name cannot leave the folder",
  permissions: "none",
  async fn(test) {
    const rows: [value: string, name: string | undefined][] = [
      ["attachment", undefined],
      ["", undefined],
      ['attachment; filename="report.pdf"', "report.pdf"],
      ["attachment; filename=report.pdf", "report.pdf"],
      ["inline;FILENAME = a.txt ; x=y", "a.txt"],
      ['attachment; filename="a \\"b\\".txt"', "a _b_.txt"],
      ['attachment; filename="../../etc/passwd"', "passwd"],
      ['attachment; filename="/etc/passwd"', "passwd"],
      ['attachment; filename="C:\\Windows\\evil.dll"', "evil.dll"],
      ['attachment; filename="..\\..\\evil.dll"', "evil.dll"],
      ['attachment; filename=".."', undefined],
      ['attachment; filename="."', undefined],
      ['attachment; filename=""', undefined],
      ['attachment; filename="a/"', undefined],
      ['attachment; filename="%2e%2e%2fpasswd"', "%2e%2e%2fpasswd"],
      ["attachment; filename*=UTF-8''%e2%82%ac%20rates.txt", "€ rates.txt"],
      ["attachment; filename*=utf-8'en'..%2F..%2Fetc%2Fpasswd", "passwd"],
      ["attachment; filename*=UTF-8''a%00b%0d%0a%1b.txt", "ab.txt"],
      ["attachment; filename*=iso-8859-1''caf%e9.txt", "café.txt"],
      ["attachment; filename=plain.txt; filename*=UTF-8''better.txt", "better.txt"],
      ["attachment; filename*=UTF-8''%ff; filename=plain.txt", "plain.txt"],
      ["attachment; filename*=utf-16''x; filename=plain.txt", "plain.txt"],
      ["attachment; filename*=UTF-8''%2e%2e; filename=plain.txt", "plain.txt"],
      ['attachment; filename="first"; filename="second"', "first"],
      ['attachment; filename="caf\xc3\xa9"', "café"],
      ['attachment; filename="caf\xe9"', "café"],
      ['attachment; filename="never ended', undefined],
    ];
    await stepRows(test, rows, ([value, name]) => {
      assertEquals(dispositionName([["Content-Disposition", value]]), name, value);
    });
    assertEquals(dispositionName([]), undefined);
  },
});

Deno.test({
  name: "urlName() takes the end of the path, percent-decoded",
  permissions: "none",
  async fn(test) {
    const rows: [url: string, name: string | undefined][] = [
      ["http://a.example/dir/file.iso?x=/y#z", "file.iso"],
      ["http://a.example/", undefined],
      ["http://a.example/dir/", undefined],
      ["http://a.example/?file.iso", undefined],
      ["http://a.example/..%2f..%2fpasswd", "passwd"],
      ["http://a.example/%2e%2e", undefined],
      ["http://a.example/caf%C3%A9%20x", "café x"],
      ["http://a.example/%00%1b", undefined],
      ["http://[::1]:8080/a", "a"],
    ];
    await stepRows(test, rows, ([url, name]) => {
      assertEquals(urlName(url), name, url);
    });
  },
});

Deno.test({
  name: "safeFileName() removes characters with a special meaning for file systems or terminals",
  permissions: "none",
  async fn(test) {
    const rows: [text: string, name: string | undefined][] = [
      ["CON", "_CON"],
      ["nul.txt", "_nul.txt"],
      ["com1.log", "_com1.log"],
      ["console.log", "console.log"],
      [".bashrc", "_bashrc"],
      ["...", undefined],
      ["name. .", "name"],
      ["  a  ", "a"],
      ["a<b>c:d|e?f*g", "a_b_c_d_e_f_g"],
      ["gpj.\u202eexe", "gpj.exe"],
      ["a\u200bb\ufeff", "ab"],
      ["\ud800x", "\ufffdx"],
      ["\u0000", undefined],
    ];
    await stepRows(test, rows, ([text, name]) => {
      assertEquals(safeFileName(text), name, JSON.stringify(text));
    });
    const long = safeFileName(`${"é".repeat(300)}.tar.gz`) ?? "";
    assert(new TextEncoder().encode(long).length <= 200 && long.endsWith("é.gz"), long);
  },
});
