/** ListenBrainz's form of a listen, which its exports have, and what players submit. */
package io.playlog.listenbrainz;
