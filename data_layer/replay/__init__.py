"""What a session showed and recorded in one block of time, to be played in the browser."""
