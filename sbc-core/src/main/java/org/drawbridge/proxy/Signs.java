package org.drawbridge.proxy;

/** What a loop marks the requests it passes on with, to know them and their dialogs again. */
record Signs(FlowTokens tokens, LoopGuard loops) {}
