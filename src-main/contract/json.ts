/** Transports that carry JSON write bytes, which JSON lacks, as an object with this one key and base64 text. */
export const bytesKey = '$base64';
