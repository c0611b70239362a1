export const SEND_EVIDENCE = 'send-evidence';
