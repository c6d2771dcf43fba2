/**
 * Renders the frame of a page: its head, and a policy that lets it load nothing.
 *
 * @module
 */

import { escapeHtml } from "../../text/escape/html.ts";

/** A script that a page may run. */
export interface PageScript {
  /** The source. */
  readonly text: string;
  /** Its SHA-256 in Base64. It stands here because hashing without an `await` would need Node's layer. */
  readonly sha256: string;
}

/** The parts of a page. */
export interface PageParts {
  /** The title, not yet escaped. */
  readonly title: string;
  /** The style sheet. */
  readonly style: string;
  /** The script. The page must be readable without it. */
  readonly script: PageScript;
  /** Markup of the body. */
  readonly body: string;
}

/** Renders a page. Its policy lets only its own script run, and forbids everything that needs a network. */
export function renderPage({ title, style, script, body }: PageParts): string {
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${script.sha256}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
<script>${script.text}</script>
</body>
</html>
`;
}
