/** A change names the version that it was made on; null changes any. */
export const ifMatch = (etag: string | null) => (etag === null ? {} : { 'if-match': etag });
