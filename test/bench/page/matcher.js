// The matcher of a phone detection library that is in wide use, as its users call it.
import { LibPhoneNumberMatcher } from 'ringcentral-c2d/matchers/LibPhoneNumberMatcher';

const matcher = new LibPhoneNumberMatcher({ countryCode: 'PL' });

Object.assign(globalThis, {
  nadpisMatcher: { matcher: () => matcher.match({ node: document.body, children: true })?.length ?? 0 },
});
