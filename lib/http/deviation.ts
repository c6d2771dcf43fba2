/** placeholder */
export interface Deviation { code: string; offset: number; message: string; rfc: string; class: "fatal" | "tolerated" | "sender" | "info" }
