/** An email as it is sent, in both versions. */
export interface RenderedEmail {
	subject: string;
	text: string;
	html: string;
}
