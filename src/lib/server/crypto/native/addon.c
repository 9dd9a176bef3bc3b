#include <node_api.h>
#include <stdlib.h>
#include <string.h>

#include "argon2.h"
#include "memory.h"
#include "variants.h"

/* One hash. The JavaScript thread creates and finishes the job; a thread of libuv's pool computes it. */
struct job {
	struct variant_context work;
	argon2_type type;
	napi_async_work async;
	napi_deferred deferred;
	int status;
	/* The hash, the password and the salt, one after another. */
	uint8_t bytes[];
};

enum { TYPE, VERSION, MEMORY_KIB, PASSES, LANES, HASH_BYTES, PARAMETER_COUNT };

static struct variant variants[MAX_VARIANTS];
static size_t variant_count;

static void compute(napi_env env, void *data) {
	struct job *job = data;
	(void)env;
	job->status = argon2_ctx(&job->work.context, job->type);
}

static void reject(napi_env env, struct job *job, const char *reason) {
	napi_value message, error;
	napi_create_string_utf8(env, reason, NAPI_AUTO_LENGTH, &message);
	napi_create_error(env, NULL, message, &error);
	napi_reject_deferred(env, job->deferred, error);
}

static void free_job(napi_env env, struct job *job) {
	if (job->async) napi_delete_async_work(env, job->async);
	free(job);
}

static void finish(napi_env env, napi_status status, void *data) {
	struct job *job = data;
	napi_value hash;
	if (status != napi_ok)
		reject(env, job, "the hash was cancelled");
	else if (job->status != ARGON2_OK)
		reject(env, job, argon2_error_message(job->status));
	else if (napi_create_buffer_copy(env, job->work.context.outlen, job->bytes, NULL, &hash) != napi_ok)
		reject(env, job, "no memory for the hash");
	else
		napi_resolve_deferred(env, job->deferred, hash);
	free_job(env, job);
}

static struct job *create_job(const uint32_t *parameters, const uint8_t *password, size_t password_bytes,
                              const uint8_t *salt, size_t salt_bytes) {
	size_t hash_bytes = parameters[HASH_BYTES];
	struct job *job = calloc(1, sizeof *job + hash_bytes + password_bytes + salt_bytes);
	if (!job) return NULL;
	uint8_t *own_password = job->bytes + hash_bytes;
	uint8_t *own_salt = own_password + password_bytes;
	/* An empty buffer may have no address, which memcpy does not take. */
	if (password_bytes > 0) memcpy(own_password, password, password_bytes);
	if (salt_bytes > 0) memcpy(own_salt, salt, salt_bytes);
	job->type = (argon2_type)parameters[TYPE];
	job->work.context = (argon2_context){
		.out = job->bytes,
		.outlen = (uint32_t)hash_bytes,
		.pwd = own_password,
		.pwdlen = (uint32_t)password_bytes,
		.salt = own_salt,
		.saltlen = (uint32_t)salt_bytes,
		.t_cost = parameters[PASSES],
		.m_cost = parameters[MEMORY_KIB],
		.lanes = parameters[LANES],
		/* Computes the lanes on this thread alone. The service runs as many hashes concurrently as it may. */
		.threads = 1,
		.version = parameters[VERSION],
		.allocate_cbk = take_memory,
		.free_cbk = give_back_memory,
		/* Clears this copy of the password as soon as argon2 has read it. */
		.flags = ARGON2_FLAG_CLEAR_PASSWORD,
	};
	return job;
}

/* hash(variant: number, password: Buffer, salt: Buffer, parameters: Uint32Array): Promise<Buffer> */
static napi_value hash(napi_env env, napi_callback_info info) {
	napi_value arguments[4], promise, name;
	size_t argument_count = 4, password_bytes, salt_bytes, parameter_count;
	uint32_t variant;
	void *password, *salt, *parameters;
	napi_typedarray_type array_type;
	if (napi_get_cb_info(env, info, &argument_count, arguments, NULL, NULL) != napi_ok || argument_count != 4 ||
	    napi_get_value_uint32(env, arguments[0], &variant) != napi_ok || variant >= variant_count ||
	    napi_get_buffer_info(env, arguments[1], &password, &password_bytes) != napi_ok ||
	    napi_get_buffer_info(env, arguments[2], &salt, &salt_bytes) != napi_ok ||
	    napi_get_typedarray_info(env, arguments[3], &array_type, &parameter_count, &parameters, NULL, NULL) != napi_ok ||
	    array_type != napi_uint32_array || parameter_count != PARAMETER_COUNT) {
		napi_throw_type_error(env, NULL, "hash takes a variant, a password, a salt and six parameters");
		return NULL;
	}
	struct job *job = create_job(parameters, password, password_bytes, salt, salt_bytes);
	if (!job) {
		napi_throw_error(env, NULL, "no memory for a hash");
		return NULL;
	}
	job->work.fill_segment = variants[variant].fill_segment;
	if (napi_create_promise(env, &job->deferred, &promise) != napi_ok) {
		free_job(env, job);
		return NULL;
	}
	if (napi_create_string_utf8(env, "argon2", NAPI_AUTO_LENGTH, &name) != napi_ok ||
	    napi_create_async_work(env, NULL, name, compute, finish, job, &job->async) != napi_ok ||
	    napi_queue_async_work(env, job->async) != napi_ok) {
		reject(env, job, "the hash could not be queued");
		free_job(env, job);
	}
	return promise;
}

/* release(): number */
static napi_value release(napi_env env, napi_callback_info info) {
	napi_value released;
	(void)info;
	napi_create_double(env, (double)release_memory(), &released);
	return released;
}

/* exports: { variants: string[], hash, release }. The variant for the newest kind of processor comes first. */
NAPI_MODULE_INIT() {
	napi_value names, name, function;
	variant_count = find_variants(variants);
	napi_create_array(env, &names);
	for (uint32_t index = 0; index < variant_count; index++) {
		napi_create_string_utf8(env, variants[index].name, NAPI_AUTO_LENGTH, &name);
		napi_set_element(env, names, index, name);
	}
	napi_set_named_property(env, exports, "variants", names);
	napi_create_function(env, "hash", NAPI_AUTO_LENGTH, hash, NULL, &function);
	napi_set_named_property(env, exports, "hash", function);
	napi_create_function(env, "release", NAPI_AUTO_LENGTH, release, NULL, &function);
	napi_set_named_property(env, exports, "release", function);
	return exports;
}
