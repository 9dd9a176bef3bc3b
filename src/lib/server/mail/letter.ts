/** A letter as it is sent, in both versions. */
export interface Letter {
	subject: string;
	text: string;
	html: string;
}
