/** Keys of mail, text message and marketing services. */

import { ALNUM, B64, HEX, keyed, type SecretFormat, token, URL64, UUID } from '../format.ts';

const BREVO = 'https://developers.brevo.com/docs/getting-started';
const TWILIO = 'https://www.twilio.com/docs/iam/api-keys';

export const MAIL: readonly SecretFormat[] = [
  token(
    'sendgrid-api-key',
    'a SendGrid API key',
    'SG.',
    `${URL64}{22}\\.${URL64}{43}`,
    'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys',
  ),
  token(
    'mailgun-api-key',
    'a Mailgun API key',
    'key-',
    `${HEX}{32}`,
    'https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/rbac-mgmt',
  ),
  keyed(
    'mailgun-signing-key',
    'a Mailgun API key',
    ['MAILGUN_API_KEY', 'MAILGUN_KEY', 'MAILGUN_SIGNING_KEY', 'MAILGUN_PRIVATE_KEY'],
    `${HEX}{32}-${HEX}{8}-${HEX}{8}`,
    'https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/rbac-mgmt',
  ),
  {
    id: 'mailchimp-api-key',
    name: 'a Mailchimp API key',
    anchors: ['-us'],
    lead: [32],
    pattern: `${HEX}{32}-us[0-9]{1,2}`,
    docs: 'https://mailchimp.com/developer/marketing/guides/quick-start/',
  },
  token(
    'mandrill-api-key',
    'a Mailchimp Transactional API key',
    'md-',
    `${URL64}{22}`,
    'https://mailchimp.com/developer/transactional/guides/quick-start/',
  ),
  token('brevo-api-key', 'a Brevo API key', 'xkeysib-', `${HEX}{64}-${ALNUM}{16}`, BREVO),
  token('brevo-smtp-key', 'a Brevo SMTP key', 'xsmtpsib-', `${HEX}{64}-${ALNUM}{16}`, BREVO),
  token(
    'resend-api-key',
    'a Resend API key',
    're_',
    `${ALNUM}{8}_${ALNUM}{24}`,
    'https://resend.com/docs/dashboard/api-keys/introduction',
  ),
  token(
    'mailersend-token',
    'a MailerSend API token',
    'mlsn.',
    `${HEX}{64}`,
    'https://developers.mailersend.com/general.html#authentication',
  ),
  token('twilio-api-key', 'a Twilio API key', 'SK', `${HEX}{32}`, TWILIO),
  keyed(
    'twilio-auth-token',
    'a Twilio auth token',
    ['TWILIO_AUTH_TOKEN', 'TWILIO_TOKEN'],
    `${HEX}{32}`,
    'https://www.twilio.com/docs/iam/api/authtoken',
  ),
  keyed(
    'postmark-token',
    'a Postmark server token',
    ['POSTMARK_API_TOKEN', 'POSTMARK_SERVER_TOKEN', 'POSTMARK_API_KEY'],
    UUID,
    'https://postmarkapp.com/developer/api/overview#authentication',
  ),
  keyed(
    'mailjet-secret',
    'a Mailjet secret key',
    ['MJ_APIKEY_PRIVATE', 'MAILJET_SECRET_KEY', 'MAILJET_API_SECRET'],
    `${HEX}{32}`,
    'https://dev.mailjet.com/email/guides/',
  ),
  keyed(
    'sparkpost-key',
    'a SparkPost API key',
    ['SPARKPOST_API_KEY'],
    `${HEX}{40}`,
    'https://developers.sparkpost.com/api/',
  ),
  keyed(
    'ses-smtp-password',
    'an Amazon SES SMTP password',
    ['SES_SMTP_PASSWORD', 'SMTP_PASSWORD', 'SMTP_PASS', 'EMAIL_HOST_PASSWORD'],
    `B${B64}{43}`,
    'https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html',
  ),
  token(
    'klaviyo-key',
    'a Klaviyo private key',
    'pk_',
    `${HEX}{34}`,
    'https://developers.klaviyo.com/en/docs/authenticate_',
  ),
  keyed(
    'messagebird-key',
    'a MessageBird access key',
    ['MESSAGEBIRD_ACCESS_KEY', 'MESSAGEBIRD_API_KEY'],
    `(?:live_)?${ALNUM}{25}`,
    'https://developers.messagebird.com/api/#authentication',
  ),
  keyed(
    'vonage-secret',
    'a Vonage API secret',
    ['VONAGE_API_SECRET', 'NEXMO_API_SECRET'],
    `${ALNUM}{16}`,
    'https://developer.vonage.com/en/getting-started/concepts/authentication',
  ),
  keyed(
    'plivo-token',
    'a Plivo auth token',
    ['PLIVO_AUTH_TOKEN'],
    `${ALNUM}{40}`,
    'https://www.plivo.com/docs/sms/api/overview/',
  ),
];
