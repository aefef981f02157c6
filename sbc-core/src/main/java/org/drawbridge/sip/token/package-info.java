/** Random identifiers: tags, branches, Call-IDs, flow ids. Thread-safe. */
@NullMarked
package org.drawbridge.sip.token;

import org.jspecify.annotations.NullMarked;
