import smpp from 'smpp';

/**
 * npm `smpp` with octets left as octets. Its own reading and writing of texts picks data_coding 1 for GSM text and
 * Latin-1 for "ó", turns what it does not know into spaces and has its table wrong for "\\": text.ts does that here,
 * for both directions.
 */
for (const command of ['submit_sm', 'deliver_sm']) {
  delete smpp.commands[command]?.params.short_message?.filter;
}
delete smpp.tlvs.message_payload?.filter;

export { smpp };
