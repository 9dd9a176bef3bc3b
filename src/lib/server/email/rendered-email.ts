/** An email ready to be sent, as plain text and HTML. */
export interface RenderedEmail {
	subject: string;
	text: string;
	html: string;
}
